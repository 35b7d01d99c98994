// The app without a network, and from one release to the next.

import type { BrowserContext, Frame, Page } from "@playwright/test";
import { VERSION } from "../../core/protocol/version";
import { signUpAndIn } from "../fixtures/account";
import { TEST_SYSTEM } from "../fixtures/system";
import {
  at,
  expect,
  fillSignIn,
  message,
  openByHandle,
  say,
  test as plain,
  tick,
  type Talker,
} from "./people";
import { startReleases, type Releases } from "./releases";

const test = plain.extend<{ readonly releases: Releases }>({
  releases: async ({}, use) => {
    const releases = await startReleases();
    await use(releases);
    await releases.close();
  },
});

/** A page's first load, its reload and a worker's installation each take a while on a busy machine. */
test.describe.configure({ timeout: 150_000 });

/** Resolves when the app's pages are on the device and the page is the worker's. */
const kept = (page: Page | Frame) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller)
      await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve));
  });

/** What the worker has stored: the addresses, and the headers of the first page. */
const stored = (page: Page) =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const requests = (await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))).flat();
    const chat = await caches.match("/chat");
    return {
      names,
      addresses: requests.map(({ url }) => url),
      policy: chat?.headers.get("content-security-policy"),
    };
  });

/** Answers with the build of the page on the screen, from the header of its document. */
function watchBuild(page: Page): () => string | undefined {
  let build: string | undefined;
  page.on("response", (response) => {
    const isPage = response.request().isNavigationRequest() && response.frame() === page.mainFrame();
    if (isPage) build = response.headers()["x-parley-build"] ?? build;
  });
  return () => build;
}

async function together(arrive: (name: string) => Promise<Talker>) {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  await openByHandle(ada.page, grace.handle);
  await say(ada.page, "before");
  await expect(tick(ada.page, "before", "Delivered")).toBeVisible();
  await kept(ada.page);
  return { ada, grace };
}

test("without a network a reload shows the conversation, says that one is offline, and keeps what is written", async ({
  arrive,
}) => {
  const { ada, grace } = await together(arrive);
  const { page } = ada;
  await page.context().setOffline(true);
  await page.reload();

  await expect(message(page, "before")).toBeVisible();
  await expect(
    page.getByText("You are offline. What you write is kept here and goes out later."),
  ).toBeVisible();
  await say(page, "written after the reload");
  await expect(tick(page, "written after the reload", "Waiting to be sent")).toBeVisible();

  await test.step("so do the other addresses, in a tab of their own", async () => {
    const tab = await page.context().newPage();
    await tab.goto("/settings");
    await expect(tab.getByRole("heading", { name: "Settings" })).toBeVisible();
    await tab.goto("/chat");
    await expect(tab.getByRole("link", { name: /Grace/ })).toBeVisible();
    await tab.goto("/chat/%ff");
    await expect(tab.getByRole("heading", { name: "There is no such page" })).toBeVisible();
    // Whoever is signed in is led on from the front page to the conversations.
    await tab.goto("/");
    await expect(tab).toHaveURL("/chat");
    expect((await tab.goto("/sign-in?next=%2Fsettings"))?.status()).toBe(200);
    await tab.close();
  });

  await page.context().setOffline(false);
  await expect(tick(page, "written after the reload", "Delivered")).toBeVisible();
  await grace.page.getByRole("link", { name: /Ada/ }).click();
  await expect(message(grace.page, "written after the reload")).toHaveCount(1);
});

test("the worker stores the app's pages and static files and nothing else; signing out leaves nothing of the person", async ({
  arrive,
}) => {
  const { ada, grace } = await together(arrive);
  const { page } = ada;
  await page.reload();
  await expect(message(page, "before")).toBeVisible();
  await page.evaluate(async () => {
    const paths = ["/chat?token=secret", "/_next/static/x.js?token=secret", "/manifest.webmanifest"];
    for (const path of paths) await fetch(path);
    await fetch("/chat", { headers: { authorization: "Bearer secret" } });
    await fetch("/settings?_rsc=abc", { headers: { rsc: "1" } });
  });
  const { addresses, policy } = await stored(page);
  const pages = addresses
    .map((address) => new URL(address))
    .filter(({ pathname }) => !pathname.startsWith("/_next/static/"));
  expect(pages.map(({ pathname }) => pathname).sort()).toEqual(["/", "/chat", "/settings", "/sign-in"]);
  expect(addresses.filter((address) => !address.startsWith(at.appAddress) || address.includes("?"))).toEqual(
    [],
  );
  expect(policy).toContain("default-src 'self'");

  await page.goto("/settings");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/");
  const left = await page.evaluate(async () => {
    const names = await caches.keys();
    const kept = await Promise.all(
      names.map(async (name) => {
        const cache = await caches.open(name);
        return Promise.all(
          (await cache.keys()).map(
            async (request) => `${request.url} ${await (await cache.match(request))?.text()}`,
          ),
        );
      }),
    );
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    return JSON.stringify([kept, databases, { ...localStorage }, { ...sessionStorage }]);
  });
  for (const trace of [ada.handle, grace.handle, ada.account.user, ada.account.email, 'before"'])
    expect(left, trace).not.toContain(trace);
});

test("a server that takes more than three seconds for a page is not waited for", async ({
  browser,
  releases,
}) => {
  const { page } = await arriveAt(releases, await browser.newContext());
  releases.hangPages(true);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  await page.context().close();
});

test("a new release waits, is offered, and takes over with one reload", async ({ browser, releases }) => {
  const { page, build, loads } = await arriveAt(releases, await browser.newContext());
  releases.serve("next");
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());

  const offer = page.getByRole("status").filter({ hasText: "A new version of Parley is ready" });
  await expect(offer).toBeVisible();
  expect(build()).toBe(releases.buildOf("this"));
  const before = loads();
  await offer.getByRole("button", { name: "Reload" }).click();
  await expect.poll(build).toBe(releases.buildOf("next"));
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  await expect(offer).toBeHidden();
  expect(loads()).toBe(before + 1);
  await page.context().close();
});

test("a page whose protocol version is refused stays readable, asks again, and changes to the new release by one reload", async ({
  browser,
  releases,
}) => {
  const context = await browser.newContext();
  const { page, build, loads } = await arriveAt(releases, context);
  await page.clock.install();
  await test.step("the backend is released first: the old page, from its cache, is refused", async () => {
    await refuseVersionOf(page, () => build() === releases.buildOf("this"));
    await page.reload();
    await expect(page.getByText(/Parley has been updated, and this page is out of date/)).toBeVisible();
    await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
    // The browser, too, looks for a newer worker after each load.
    await expect.poll(releases.workersAsked).toBeGreaterThan(1);
    expect(build()).toBe(releases.buildOf("this"));
  });

  const before = loads();
  await test.step("the app is released, too: within a minute the page has changed by itself", async () => {
    releases.serve("next");
    // The server answers no page: the reload gets the new one from the new worker's cache.
    releases.hangPages(true);
    await page.clock.fastForward(60_000);
    await expect.poll(build).toBe(releases.buildOf("next"));
    await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
    await expect(page.getByText(/Parley has been updated/)).toBeHidden();
    await expect(page.getByRole("textbox", { name: "Name" })).toBeVisible();
  });
  expect(loads()).toBe(before + 1);
  await context.close();
});

test("a deployment that switches the worker off is rid of it after a visit", async ({
  browser,
  releases,
}) => {
  const { page } = await arriveAt(releases, await browser.newContext());
  expect((await stored(page)).names).toHaveLength(1);
  releases.serve("switched off");
  await page.reload();
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length))
    .toBe(0);
  expect((await stored(page)).names).toEqual([]);
  await page.context().close();
});

test("each seat of the demo has a worker of its own, and its frame opens without a network", async ({
  page,
}) => {
  await page.goto(`${TEST_SYSTEM.cloudAddress}/demo`);
  const ada = page.frameLocator('iframe[title*="Ada"]');
  await expect(ada.getByRole("heading", { name: "Grace" })).toBeVisible();
  const frame = await (await page.locator('iframe[title*="Ada"]').elementHandle())?.contentFrame();
  if (!frame) throw new Error("unable to find the frame of Ada's seat");
  await kept(frame);

  await page.context().setOffline(true);
  await frame.evaluate(() => window.location.reload());
  await expect(ada.getByText(/You are offline/)).toBeVisible();
  await expect(ada.getByRole("heading", { name: "Grace" })).toBeVisible();
  await page.context().setOffline(false);
  await expect(ada.getByText(/You are offline/)).toBeHidden();
});

/** Signs somebody up and in at the address of the releases, and opens their settings. */
async function arriveAt(releases: Releases, context: BrowserContext) {
  const account = await signUpAndIn(at, "Ada");
  const page = await context.newPage();
  const build = watchBuild(page);
  let loaded = 0;
  page.on("load", () => (loaded += 1));
  await page.goto(`${releases.address}/sign-in?next=%2Fsettings`);
  await fillSignIn(page, account);
  await expect(page.getByRole("textbox", { name: "Name" })).toBeVisible();
  await kept(page);
  return { page, build, loads: () => loaded };
}

/** The server of the next release, to this page: it knows the next protocol version only. */
async function refuseVersionOf(page: Page, isOld: () => boolean): Promise<void> {
  await page.routeWebSocket(at.socketUrl, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((text) => {
      const frame = JSON.parse(String(text)) as { action?: string; ref?: unknown; version?: number };
      if (frame.action === "hello" && frame.version === VERSION && isOld())
        socket.send(JSON.stringify({ type: "refused", ref: frame.ref, code: "version" }));
      else server.send(text);
    });
  });
}
