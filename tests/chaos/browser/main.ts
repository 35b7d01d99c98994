// npm run chaos:browser: starts the system as `npm start` does, on ports and data of its own, and lets two people talk in
// two browsers while it is disturbed. See options.ts.

import { chromiumOrInstall } from "../../fixtures/chromium";
import { startSystem, TEST_SYSTEM } from "../../fixtures/system";
import { readBrowserOptions } from "./options";

const say = (line: string) => void process.stdout.write(`${line}\n`);
const options = readBrowserOptions(process.argv.slice(2));

chromiumOrInstall(say);
Object.assign(process.env, TEST_SYSTEM.env);
const system = await startSystem(say);
try {
  // It reads where the system is as soon as it is loaded.
  const { playInBrowsers } = await import("./play");
  const { isGreen } = await playInBrowsers(options, say);
  process.exitCode = isGreen ? 0 : 1;
} finally {
  await system.stop();
}
