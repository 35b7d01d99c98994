// Drives the system's Firefox by WebDriver BiDi, which Firefox speaks without a driver process. Decision 0067 says why
// neither Playwright nor Selenium drives this Firefox.

import puppeteer, { type Browser, type KeyInput, type Page } from "puppeteer-core";
import type { Driver, Key, ProfileOptions, Tab } from "./driver.types";

const VIEWPORT = { width: 1280, height: 820 };
const LAUNCH_WITHIN_MS = 60_000;

const PRESSED: Readonly<Record<Key, readonly KeyInput[]>> = {
  Enter: ["Enter"],
  Escape: ["Escape"],
  ArrowUp: ["ArrowUp"],
  Backspace: ["Backspace"],
  SelectAll: ["Control", "KeyA"],
};

/** Every profile is a Firefox of its own: a window of one profile would take the focus from that of another. */
export function startFirefox(executablePath: string): Driver {
  const running = new Set<Browser>();
  const launch = async ({ isPrivate = false, proxy }: ProfileOptions = {}) => {
    const browser = await puppeteer.launch({
      browser: "firefox",
      executablePath,
      headless: true,
      timeout: LAUNCH_WITHIN_MS,
      protocolTimeout: LAUNCH_WITHIN_MS,
      defaultViewport: VIEWPORT,
      extraPrefsFirefox: { ...preferencesFor(proxy), "browser.privatebrowsing.autostart": isPrivate },
    });
    running.add(browser);
    return browser;
  };
  const end = async (browser: Browser) => {
    running.delete(browser);
    await browser.close();
  };
  return {
    name: "Firefox",
    version: async () => {
      const browser = await launch();
      const version = await browser.version();
      await end(browser);
      return version;
    },
    profile: async (options) => {
      const browser = await launch(options);
      return { tab: () => newTab(browser), close: () => end(browser) };
    },
    close: async () => {
      for (const browser of [...running]) await end(browser);
    },
  };
}

function preferencesFor(proxy: string | undefined): Record<string, unknown> {
  // A headless Firefox may take its windows for hidden ones and slow their timers down.
  const always = {
    "dom.min_background_timeout_value": 4,
    "dom.timeout.enable_budget_timer_throttling": false,
  };
  if (proxy === undefined) return always;
  const { hostname, port } = new URL(proxy);
  return {
    ...always,
    "network.proxy.type": 1,
    "network.proxy.http": hostname,
    "network.proxy.http_port": Number(port),
    "network.proxy.ssl": hostname,
    "network.proxy.ssl_port": Number(port),
    "network.proxy.no_proxies_on": "",
    "network.proxy.allow_hijacking_localhost": true,
  };
}

async function newTab(browser: Browser): Promise<Tab> {
  const page = await browser.newPage();
  await page.setViewport(VIEWPORT);
  page.setDefaultNavigationTimeout(LAUNCH_WITHIN_MS);
  return tabOf(page);
}

function tabOf(page: Page): Tab {
  return {
    goto: async (address) => void (await page.goto(address)),
    back: async () => void (await page.goBack()),
    reload: async () => void (await page.reload()),
    evaluate: (source) => page.evaluate(source),
    moveTo: ({ x, y }) => page.mouse.move(x, y),
    click: ({ x, y }) => page.mouse.click(x, y),
    type: (text) => page.keyboard.type(text),
    press: async (key) => {
      const keys = PRESSED[key];
      for (const one of keys) await page.keyboard.down(one);
      for (const one of [...keys].reverse()) await page.keyboard.up(one);
    },
    show: () => page.bringToFront(),
    close: () => page.close(),
  };
}
