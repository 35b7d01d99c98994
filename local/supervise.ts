// Keeps the cloud's process running: what ends by itself, or is killed, is started again, unless it keeps ending.

import { announcementFileOf, type Options } from "./options";
import { type Announcement, readAnnouncement, withdraw } from "./announcement";
import { cloudCommand, cloudEnvironment } from "./cloud-process";
import { type Child, startChild } from "./processes";

export type Supervised = {
  /** Ends it and starts it anew; what is stored stays. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** Ten seconds of a processor where the backend must be synthesized; ends only what hangs. */
const READY_WITHIN_MS = 300_000;
/** Ending so often without ever having been ready is a fault that starting again does not mend. */
const TRIES = 3;

export async function superviseCloud(
  options: Options,
  tell: {
    readonly line: (line: string) => void;
    readonly ready: (announcement: Announcement) => void;
    /** It kept ending; it is not tried again by itself. */
    readonly gaveUp: (problem: unknown) => void;
  },
): Promise<Supervised> {
  const file = announcementFileOf(options);
  let current: Child | undefined;
  let state: "running" | "restarting" | "stopped" = "running";

  const startOnce = async (): Promise<void> => {
    withdraw(file);
    const child = startChild({
      command: cloudCommand(),
      env: cloudEnvironment(process.env),
      onLine: tell.line,
    });
    current = child;
    const announcement = await announced(file, child);
    if (!announcement) {
      const hasEnded = child.ending() !== undefined;
      await child.stop();
      throw new Error(
        hasEnded
          ? "unable to start the local cloud; its reason stands above"
          : `unable to start the local cloud; it was not ready within ${READY_WITHIN_MS / 1_000} s: end what keeps this machine busy, then start again`,
      );
    }
    tell.ready(announcement);
    void child.ended.then(({ code, signal }) => {
      if (state !== "running" || current !== child) return;
      tell.line(`the local cloud ended (${signal ?? `code ${code ?? "unknown"}`}); starting it again`);
      startAgain().catch(tell.gaveUp);
    });
  };

  const startAgain = async (): Promise<void> => {
    for (let attempt = 1; state !== "stopped"; attempt++)
      try {
        return await startOnce();
      } catch (error) {
        if (attempt >= TRIES) throw error;
      }
  };

  await startOnce();
  return {
    restart: async () => {
      if (state === "stopped") return;
      state = "restarting";
      await current?.stop();
      state = "running";
      await startAgain();
    },
    stop: async () => {
      state = "stopped";
      await current?.stop();
    },
  };
}

async function announced(file: string, child: Child): Promise<Announcement | undefined> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!child.ending() && Date.now() < deadline) {
    const announcement = readAnnouncement(file);
    if (announcement) return announcement;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return undefined;
}
