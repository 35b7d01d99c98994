// A browser with one page that is visible and does not have the focus before a click or `bringToFront`. Playwright gives
// the focus to every page of a browser that Playwright starts, so this file starts the browser and connects to the browser.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { chromiumArguments, findChromium } from "../fixtures/chromium";
import { expect } from "./people";

export async function withUnfocusedBrowser(use: (page: Page) => Promise<void>): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), "parley-unfocused-"));
  const portFile = join(profile, "DevToolsActivePort");
  const child = spawn(
    findChromium()?.executablePath ?? chromium.executablePath(),
    [
      "--headless",
      "--remote-debugging-port=0",
      `--user-data-dir=${profile}`,
      "--window-size=1280,800",
      ...chromiumArguments,
      "about:blank",
    ],
    { stdio: "ignore" },
  );
  const ended = new Promise((resolve) => child.once("exit", resolve));
  try {
    await expect(() => expect(existsSync(portFile)).toBe(true)).toPass();
    const [port] = readFileSync(portFile, "utf8").split("\n");
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
    // A second page would have the focus at once.
    const [page] = browser.contexts().flatMap((context) => context.pages());
    if (!page) throw new Error("unable to use the browser; it has no page");
    await use(page);
    await browser.close();
  } finally {
    child.kill();
    await ended;
    // The browser's other processes write for a moment longer, and `maxRetries` does not look for new files.
    await expect(() => rmSync(profile, { recursive: true, force: true })).toPass();
  }
}
