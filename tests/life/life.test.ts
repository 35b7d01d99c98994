import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { processesAreTold, processesWith } from "../fixtures/own-processes";
import { startSystem, TEST_SYSTEM } from "../fixtures/system";
import { arrive, join, message, openConversation, send } from "../wire/people";

// The variable is set for this life alone: the runner's own processes carry PARLEY_DATA too.
const life = `life-${process.pid}`;
const env = { ...TEST_SYSTEM.env, PARLEY_LIFE: life };
const alive = () => processesWith("PARLEY_LIFE", life);
const quiet = () => undefined;
/** Ends what never comes to pass. A busy machine may take long to end so many processes. */
const UNTIL_MS = 90_000;

function killHard(pid: number) {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    // What watches a process ends with it, and may have done so since it was listed.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

async function until(what: string, holds: () => boolean) {
  const deadline = Date.now() + UNTIL_MS;
  while (!holds()) {
    if (Date.now() > deadline)
      throw new Error(`it did not come to pass: ${what}; alive: ${alive().join(" ")}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe.skipIf(!processesAreTold)("the life of the whole system (needs /proc)", () => {
  it("loses nothing when everything is killed -9 and started again", async () => {
    await startSystem(quiet, env);
    const ada = await arrive("Ada");
    const grace = await arrive("Grace");
    const conversation = await openConversation(ada, grace);
    const acknowledged = await send(ada, conversation, 0, message("before the lights went out"));
    expect(acknowledged["type"]).toBe("ok");

    for (const pid of alive()) killHard(pid);
    await until("nothing is left of the killed system", () => alive().length === 0);

    const again = await startSystem(quiet, env);
    // The same token: the pool's keys and the person are still there.
    const back = await join(grace);
    const page = await back.socket.ask({ action: "sync", conversation, after: 0 });
    expect(page["entries"]).toMatchObject([{ seq: 1, body: { text: "before the lights went out" } }]);
    back.socket.close();
    await again.stop();
  });

  it("leaves no process behind when it is told to end", async () => {
    const system = await startSystem(quiet, env);
    expect(alive().length).toBeGreaterThan(3);
    await system.stop();
    await until("everything that was started has ended", () => alive().length === 0);
  });

  it("says in one sentence which port is busy and what to do, and ends", async () => {
    const squatter = createServer().listen(Number(TEST_SYSTEM.env.PARLEY_CLOUD_PORT), "127.0.0.1");
    try {
      await expect(startSystem(quiet, env)).rejects.toThrow(
        /unable to start the cloud on port \d+; something else listens there: .* PARLEY_CLOUD_PORT/,
      );
      await until("nothing is left of the refused start", () => alive().length === 0);
    } finally {
      squatter.close();
    }
  });
});
