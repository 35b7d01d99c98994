// npm run chaos:browser: starts the system as `npm start` does, on ports and data of its own, and lets two people talk in
// two browsers while it is disturbed. See options.ts.

import { helpIfAsked } from "../../../local/help";
import { chromiumOrInstall } from "../../fixtures/chromium";
import { startSystem, TEST_SYSTEM } from "../../fixtures/system";
import { readBrowserOptions } from "./options";

helpIfAsked(`
npm run chaos:browser -- [options]     the app in two Chromium profiles, under faults

--messages 200        --faults 60          --seed 1
--out .local/chaos    where the history and the verdict go
`);

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
