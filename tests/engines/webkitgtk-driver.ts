// Drives WebKitGTK by its own WebDriver and Selenium's client. WebKitWebDriver has one session at a time, so every
// profile has a driver process and a browser. Every profile also has a virtual screen, because a screen gives the focus
// to one window only. An automated session stores in memory, like a private window.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { Builder, Capabilities, Key as DriverKey, Origin, type WebDriver } from "selenium-webdriver";
import type { Driver, Key, Point, Profile, ProfileOptions, Tab } from "./driver.types";

export type WebKitGtk = { readonly driver: string; readonly browser: string; readonly xvfb: string };

const READY_WITHIN_MS = 20_000;
const SCRIPT_MS = 30_000;
const WINDOW = { x: 0, y: 0, width: 1280, height: 860 };

const PRESSED: Readonly<Record<Key, readonly string[]>> = {
  Enter: [DriverKey.ENTER],
  Escape: [DriverKey.ESCAPE],
  ArrowUp: [DriverKey.ARROW_UP],
  Backspace: [DriverKey.BACK_SPACE],
  SelectAll: [DriverKey.CONTROL, "a"],
};

export async function startWebKitGtk(found: WebKitGtk): Promise<Driver> {
  const profiles = new Set<Profile>();
  return {
    name: "WebKitGTK",
    version: async () => {
      const { session, end } = await startSession(found, {});
      const capabilities = await session.getCapabilities();
      await end();
      return capabilities.getBrowserVersion() ?? "of an unknown version";
    },
    profile: async (options = {}) => {
      const { session, end } = await startSession(found, options);
      const profile: Profile = {
        tab: tabsOf(session),
        close: async () => {
          profiles.delete(profile);
          await end();
        },
      };
      profiles.add(profile);
      return profile;
    },
    close: async () => {
      for (const profile of [...profiles]) await profile.close();
    },
  };
}

/** Xvfb chooses a display that is free and writes its number to the descriptor. */
async function startScreen(
  xvfb: string,
): Promise<{ readonly process: ChildProcess; readonly display: string }> {
  const process = spawn(xvfb, ["-displayfd", "3", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const pipe = process.stdio[3];
  if (!pipe || !("setEncoding" in pipe)) throw new Error("unable to start Xvfb; it has no pipe");
  const [number] = await Promise.race([
    once(pipe, "data"),
    once(process, "exit").then(() => {
      throw new Error("unable to start Xvfb; it ended at once");
    }),
  ]);
  return { process, display: `:${String(number).trim()}` };
}

async function startSession(found: WebKitGtk, { proxy }: ProfileOptions) {
  const screen = await startScreen(found.xvfb);
  const port = await freePort();
  const driver = spawn(found.driver, [`--port=${port}`], {
    stdio: "ignore",
    env: {
      ...process.env,
      DISPLAY: screen.display,
      LIBGL_ALWAYS_SOFTWARE: "1",
      GDK_BACKEND: "x11",
      // Without a language of the system, pages are told that the person's language is "C".
      LANG: "en_US.UTF-8",
      LANGUAGE: "en_US",
    },
  });
  const address = `http://127.0.0.1:${port}`;
  try {
    await answers(`${address}/status`);
    const session = await new Builder().usingServer(address).withCapabilities(wanted(found, proxy)).build();
    await session.manage().setTimeouts({ script: SCRIPT_MS, pageLoad: 60_000 });
    await session.manage().window().setRect(WINDOW);
    const end = async () => {
      await session.quit().catch(() => undefined);
      for (const each of [driver, screen.process]) each.kill();
    };
    return { session, end };
  } catch (cause) {
    for (const each of [driver, screen.process]) each.kill();
    throw new Error("unable to start WebKitGTK; its driver gave no session", { cause });
  }
}

function wanted({ browser }: WebKitGtk, proxy: string | undefined): Capabilities {
  const host = proxy && new URL(proxy).host;
  return new Capabilities({
    browserName: "MiniBrowser",
    "webkitgtk:browserOptions": { binary: browser, args: ["--automation"] },
    ...(host && { proxy: { proxyType: "manual", httpProxy: host, sslProxy: host, noProxy: [] } }),
  });
}

function tabsOf(session: WebDriver): () => Promise<Tab> {
  const used = new Set<string>();
  // A session speaks to one tab at a time, so the steps of two tabs take turns.
  let turn: Promise<unknown> = Promise.resolve();
  return async () => {
    const [first] = await session.getAllWindowHandles();
    // A window, because the browser never draws a tab that is not in front, and WebDriver cannot bring one there.
    if (used.size > 0) await session.switchTo().newWindow("window");
    const handle = used.size > 0 || !first ? await session.getWindowHandle() : first;
    used.add(handle);
    const inTab = <T>(act: () => Promise<T>): Promise<T> => {
      const next = turn.then(async () => {
        await session.switchTo().window(handle);
        return act();
      });
      turn = next.catch(() => undefined);
      return next;
    };
    return tabOf(session, inTab);
  };
}

function tabOf(session: WebDriver, inTab: <T>(act: () => Promise<T>) => Promise<T>): Tab {
  const at = ({ x, y }: Point) => ({
    x: Math.round(x),
    y: Math.round(y),
    origin: Origin.VIEWPORT,
    duration: 0,
  });
  return {
    goto: (address) => inTab(() => session.get(address)),
    back: () => inTab(() => session.navigate().back()),
    reload: () => inTab(() => session.navigate().refresh()),
    evaluate: (source) => inTab(() => evaluateIn(session, source)),
    moveTo: (point) => inTab(() => session.actions().move(at(point)).perform()),
    click: (point) => inTab(() => session.actions().move(at(point)).press().release().perform()),
    type: (text) => inTab(() => session.actions().sendKeys(text).perform()),
    press: (key) =>
      inTab(async () => {
        const keys = PRESSED[key];
        const actions = session.actions();
        for (const one of keys) actions.keyDown(one);
        for (const one of [...keys].reverse()) actions.keyUp(one);
        await actions.perform();
      }),
    show: () => inTab(async () => undefined),
    close: () => inTab(() => session.close()),
  };
}

/** The answer passes as text: WebDriver would copy elements and undefined in ways of its own. */
async function evaluateIn(session: WebDriver, source: string): Promise<unknown> {
  const script = `const done = arguments[arguments.length - 1];
    Promise.resolve().then(() => (${source})).then(
      (value) => done(JSON.stringify({ value })),
      (error) => done(JSON.stringify({ error: String(error) })));`;
  const text: unknown = await session.executeAsyncScript(script);
  const answer: unknown = JSON.parse(String(text));
  if (typeof answer !== "object" || answer === null)
    throw new Error("unable to evaluate; the page gave no answer");
  if ("error" in answer) throw new Error(`unable to evaluate; ${String(answer.error)}`);
  return "value" in answer ? answer.value : undefined;
}

async function answers(address: string): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until) {
    const isUp = await fetch(address).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`unable to reach WebKitWebDriver; no answer in ${READY_WITHIN_MS} ms`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("unable to find a port; no address");
  server.close();
  await once(server, "close");
  return address.port;
}
