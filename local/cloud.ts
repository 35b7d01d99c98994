// The process of the local cloud: starts it, prepares the demo, says that it is there, and ends it in order.
// `npm start` supervises it; by itself (`npx tsx local/cloud.ts`) it is the backend without the app.
//
//   PARLEY_VERBOSE=on   the functions' lines on the console too

import { announce, withdraw } from "./announcement";
import { createDemo, type Demo } from "./demo/create-demo";
import { admitSeats } from "./demo/seats";
import { startCloud } from "./whole-cloud";
import { announcementFileOf, appAddressOf, cloudAddressOf, readOptions } from "./options";
import { endOnSignals } from "./processes";
import { createProgress, fail } from "./progress";

const progress = createProgress();

try {
  await run();
} catch (problem) {
  fail(problem);
}

async function run(): Promise<void> {
  const options = readOptions(process.env);
  const announcement = announcementFileOf(options);
  admitSeats(process.env);
  let demo: Demo | undefined;
  const cloud = await startCloud({
    options,
    progress,
    verbose: process.env["PARLEY_VERBOSE"] === "on",
    first: ({ userPool, clock, gateway, streams }, socketPath) => {
      demo = createDemo({
        users: userPool,
        world: { clock, connections: gateway, settled: () => streams.idle() },
        dataDir: options.dataDir,
        appAddress: appAddressOf(options),
        cloudPort: () => options.cloudPort,
        socketPath,
      });
      return demo.surfaces;
    },
    onLost: fail,
  });
  endOnSignals(async () => {
    withdraw(announcement);
    demo?.close();
    await cloud.stop();
  });
  const terminal = await progress.step("prepare the demo", async () => {
    await demo?.prepare();
    await demo?.open();
    return (await demo?.terminal()) ?? [];
  });
  const address = cloudAddressOf(options);
  announce(announcement, {
    pid: process.pid,
    demoAddress: demo?.address() ?? `${address}/demo`,
    plainDemoAddress: demo?.plainAddress() ?? `${address}/demo`,
    mailAddress: `${address}/mail`,
    frontPage: `${address}/`,
    controlToken: cloud.controlToken,
    terminal,
  });
}
