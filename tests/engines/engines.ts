// Finds and starts the engines of this machine. On Linux: the Chromium of the other browser tests, the system's Firefox,
// and WebKitGTK. On other systems: Playwright's own builds. A missing browser is installed if this user may install it.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium, firefox, webkit, type BrowserType } from "@playwright/test";
import { chromiumArguments, chromiumOrInstall, findChromium } from "../fixtures/chromium";
import type { Driver } from "./driver.types";
import { startPlaywright } from "./playwright-driver";
import { startFirefox } from "./puppeteer-driver";
import { startWebKitGtk, type WebKitGtk } from "./webkitgtk-driver";

type Say = (line: string) => void;

export const ENGINES = ["chromium", "firefox", "webkit"] as const;
export type EngineName = (typeof ENGINES)[number];

export async function startEngine(name: EngineName, say: Say): Promise<Driver> {
  switch (name) {
    case "chromium":
      chromiumOrInstall(say);
      return startPlaywright("Chromium", chromium, { ...findChromium(), args: chromiumArguments });
    case "firefox":
      return process.platform === "linux"
        ? startFirefox(foundOrInstalled(findFirefox, ["firefox-esr"], say))
        : startPlaywright("Firefox", installedByPlaywright(firefox, say));
    case "webkit":
      return process.platform === "linux"
        ? startWebKitGtk(foundOrInstalled(findWebKitGtk, ["webkit2gtk-driver", "xvfb"], say))
        : startPlaywright("WebKit", installedByPlaywright(webkit, say));
    default:
      return name satisfies never;
  }
}

const findFirefox = (): string | undefined =>
  process.env["PARLEY_FIREFOX"] ?? onPath("firefox-esr") ?? onPath("firefox");

function findWebKitGtk(): WebKitGtk | undefined {
  const [driver, xvfb] = [onPath("WebKitWebDriver"), onPath("Xvfb")];
  const browser = MINI_BROWSERS.find((path) => existsSync(path));
  return driver && xvfb && browser ? { driver, xvfb, browser } : undefined;
}

/** Distributions put the browser that WebKitWebDriver drives beside WebKit's library. */
const MINI_BROWSERS = ["4.1", "4.0", "6.0"].flatMap((version) =>
  ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/libexec", "/usr/lib64"].map(
    (folder) => `${folder}/webkit2gtk-${version}/MiniBrowser`,
  ),
);

/** From the packages of Debian and Ubuntu, which takes root. */
function foundOrInstalled<T>(find: () => T | undefined, packages: readonly string[], say: Say): T {
  const found = find();
  if (found) return found;
  for (const parameters of [["update"], ["install", "-y", "--no-install-recommends", ...packages]]) {
    say(`${packages.join(", ")} is missing: apt-get ${parameters.join(" ")}`);
    spawnSync("apt-get", parameters, { stdio: "ignore", timeout: 600_000 });
  }
  const installed = find();
  if (installed) return installed;
  throw new Error(
    `unable to find ${packages.join(" and ")}; install it (on Debian: \`sudo apt-get install ${packages.join(" ")}\`), ` +
      "or leave this engine out with --engines",
  );
}

function installedByPlaywright(type: BrowserType, say: Say): BrowserType {
  if (existsSync(type.executablePath())) return type;
  say(`no ${type.name()} yet: npx playwright install ${type.name()}`);
  spawnSync("npx", ["playwright", "install", type.name()], { stdio: "ignore", timeout: 600_000 });
  if (existsSync(type.executablePath())) return type;
  throw new Error(
    `unable to find Playwright's ${type.name()}; run \`npx playwright install ${type.name()}\`, ` +
      "or leave this engine out with --engines",
  );
}

function onPath(name: string): string | undefined {
  try {
    return execFileSync("which", [name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}
