// Several tabs of one browser: one socket, whoever of them has it.

import { availableParallelism, loadavg } from "node:os";
import type { BrowserContext, Page, WebSocket } from "@playwright/test";
import { expect, fillSignIn, message, messages, openByHandle, say, test, tick, type Talker } from "./people";

/** What a person notices: a second; see the pulse of the tabs. */
const TAKEOVER_MS = 1_000;
/** Where more than two programs wait for each core, a second is as much longer as there are more of them. */
const takeoverMs = () => TAKEOVER_MS * Math.max(1, (loadavg()[0] ?? 0) / (2 * availableParallelism()));

type Sockets = { readonly open: () => number; readonly welcomed: () => Promise<number> };

/** The sockets that this page opens from now on, and when the next one of them is welcomed. */
function watchSockets(page: Page): Sockets {
  const sockets: WebSocket[] = [];
  const told: ((at: number) => void)[] = [];
  page.on("websocket", (socket) => {
    sockets.push(socket);
    socket.on("framereceived", ({ payload }) => {
      if (!String(payload).includes('"type":"welcome"')) return;
      for (const tell of told.splice(0)) tell(Date.now());
    });
  });
  return {
    open: () => sockets.filter((socket) => !socket.isClosed()).length,
    welcomed: () => new Promise((resolve) => told.push(resolve)),
  };
}

/** Two tabs of Ada's, the first of which leads, both at her conversation with Grace. */
async function twoTabs(ada: Talker, grace: Talker) {
  const first = ada.page;
  await openByHandle(first, grace.handle);
  await say(first, "hello");
  await expect(tick(first, "hello", "Delivered")).toBeVisible();
  await grace.page.getByRole("link", { name: /Ada/ }).click();
  const address = first.url();
  const ofFirst = watchSockets(first);
  await first.reload();
  await expect(message(first, "hello")).toBeVisible();
  await expect(() => expect(ofFirst.open()).toBe(1)).toPass();

  const second = await first.context().newPage();
  const ofSecond = watchSockets(second);
  await second.goto(address);
  await expect(message(second, "hello")).toBeVisible();
  return { first, second, ofFirst, ofSecond };
}

const databases = (page: Page) =>
  page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));

test("two tabs have one socket, and show the same at once", async ({ arrive }) => {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  const { first, second, ofFirst, ofSecond } = await twoTabs(ada, grace);

  await say(second, "from the second tab");
  await expect(tick(second, "from the second tab", "Read")).toBeVisible();
  await expect(tick(first, "from the second tab", "Read")).toBeVisible();
  await say(grace.page, "to both");
  for (const tab of [first, second]) await expect(message(tab, "to both")).toBeVisible();
  for (const tab of [first, second]) await expect(messages(tab)).toHaveCount(3);

  expect([ofFirst.open(), ofSecond.open()]).toEqual([1, 0]);
});

const DEATHS: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  "is closed": (page) => page.close(),
  crashes: async (page) => {
    const devtools = await page.context().newCDPSession(page);
    const crashed = page.waitForEvent("crash");
    // It is never answered.
    devtools.send("Page.crash").catch(() => undefined);
    await crashed;
  },
  "leaves for another site": (page) => page.goto("about:blank"),
};

for (const [death, die] of Object.entries(DEATHS))
  test(`when the tab that leads ${death}, the other has a socket within a second`, async ({ arrive }) => {
    const ada = await arrive("Ada");
    const grace = await arrive("Grace");
    const { first, second, ofSecond } = await twoTabs(ada, grace);
    await say(first, "written by the one that goes");

    const welcomed = ofSecond.welcomed();
    const diedAt = Date.now();
    await die(first);
    const tookMs = (await welcomed) - diedAt;

    test.info().annotations.push({ type: "takeover", description: `${tookMs} ms` });
    expect(tookMs).toBeLessThan(takeoverMs());
    await say(grace.page, "still there?");
    await expect(message(second, "still there?")).toBeVisible();
    await say(second, "yes");
    await expect(tick(second, "yes", "Read")).toBeVisible();
    for (const page of [second, grace.page])
      await expect(messages(page)).toContainText([
        "hello",
        "written by the one that goes",
        "still there?",
        "yes",
      ]);
  });

test("a tab that hangs loses the lead, and follows when it comes to itself", async ({ arrive }) => {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  const { first, second, ofFirst, ofSecond } = await twoTabs(ada, grace);

  const welcomed = ofSecond.welcomed();
  const hung = first.evaluate(() => {
    const until = Date.now() + 4_000;
    while (Date.now() < until);
  });
  await welcomed;
  await say(grace.page, "while it hung");
  await expect(message(second, "while it hung")).toBeVisible();
  await hung;

  await expect(message(first, "while it hung")).toBeVisible();
  await expect(() => expect([ofFirst.open(), ofSecond.open()]).toEqual([0, 1])).toPass();
});

test("a tab that the browser freezes gives the lead back at once", async ({ arrive }) => {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  const { first, second, ofFirst, ofSecond } = await twoTabs(ada, grace);
  // The browser freezes only what nobody sees, when it likes: its word for it is said here instead.
  const lifecycle = (event: "freeze" | "resume") =>
    first.evaluate((name) => document.dispatchEvent(new Event(name)), event);

  const welcomed = ofSecond.welcomed();
  const frozenAt = Date.now();
  await lifecycle("freeze");
  expect((await welcomed) - frozenAt).toBeLessThan(takeoverMs());
  await expect(() => expect([ofFirst.open(), ofSecond.open()]).toEqual([0, 1])).toPass();
  await say(grace.page, "meanwhile");
  await expect(message(second, "meanwhile")).toBeVisible();

  await lifecycle("resume");
  await expect(message(first, "meanwhile")).toBeVisible();
  await expect(() => expect([ofFirst.open(), ofSecond.open()]).toEqual([0, 1])).toPass();
});

test("signing out in one tab signs out in all, and leaves nothing", async ({ arrive }) => {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  const { first, second } = await twoTabs(ada, grace);
  expect(await databases(first)).not.toEqual([]);

  await signOut(second);

  for (const tab of [first, second]) {
    await expect(tab).not.toHaveURL(/\/(chat|settings)/);
    await expect(tab.getByText("hello")).toHaveCount(0);
  }
  await expect(async () => expect(await databases(first)).toEqual([])).toPass();
  await first.goto("/chat");
  await expect(first).toHaveURL(/\/sign-in/);
});

test("another person in the same browser sees nothing of the one before, in any tab", async ({ arrive }) => {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  const mallory = await arrive("Mallory");
  const { first, second } = await twoTabs(ada, grace);

  await signOut(first);
  await expect(second).not.toHaveURL(/\/(chat|settings)/);
  await first.goto("/sign-in");
  await fillSignIn(first, mallory.account);
  await expect(first.getByRole("heading", { name: "Start your first conversation" })).toBeVisible();
  await second.goto("/chat");
  await expect(second.getByRole("heading", { name: "Start your first conversation" })).toBeVisible();
  for (const tab of [first, second]) await expect(tab.getByText(/Grace|hello/)).toHaveCount(0);
  expect(await everythingStored(first.context())).not.toMatch(/hello|grace/i);
});

async function signOut(page: Page) {
  await page.goto("/settings");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
  await expect(page).not.toHaveURL(/\/(chat|settings)/);
}

/** Local storage, cookies and the databases of all tabs, as text. */
const everythingStored = async (context: BrowserContext) =>
  JSON.stringify(await context.storageState({ indexedDB: true }));
