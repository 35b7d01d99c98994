// Drives Chromium on every system, and Playwright's own Firefox and WebKit outside of Linux. A context with a folder
// stores like an ordinary window; a context without a folder stores like a private window.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserType, LaunchOptions, Page } from "@playwright/test";
import type { Driver, Key, Profile, Tab } from "./driver.types";

const VIEWPORT = { width: 1280, height: 820 };

const PRESSED: Readonly<Record<Key, string>> = {
  Enter: "Enter",
  Escape: "Escape",
  ArrowUp: "ArrowUp",
  Backspace: "Backspace",
  SelectAll: "ControlOrMeta+a",
};

export async function startPlaywright(
  name: string,
  type: BrowserType,
  options: LaunchOptions = {},
): Promise<Driver> {
  const browser = await type.launch(options);
  const open = new Set<Profile>();

  async function contextOf(isPrivate: boolean, proxy: string | undefined) {
    const settings = {
      viewport: VIEWPORT,
      ...(proxy && { proxy: { server: proxy, bypass: "<-loopback>" } }),
    };
    if (isPrivate) return { context: await browser.newContext(settings), remove: () => {} };
    const folder = mkdtempSync(join(tmpdir(), "parley-profile-"));
    const context = await type.launchPersistentContext(folder, { ...options, ...settings });
    return { context, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
  }

  return {
    name,
    version: async () => browser.version(),
    profile: async ({ isPrivate = false, proxy } = {}) => {
      const { context, remove } = await contextOf(isPrivate, proxy);
      const profile: Profile = {
        tab: async () => tabOf(await context.newPage()),
        close: async () => {
          open.delete(profile);
          await context.close();
          remove();
        },
      };
      open.add(profile);
      return profile;
    },
    close: async () => {
      for (const profile of [...open]) await profile.close();
      await browser.close();
    },
  };
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
    press: (key) => page.keyboard.press(PRESSED[key]),
    show: () => page.bringToFront(),
    close: () => page.close(),
  };
}
