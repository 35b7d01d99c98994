import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Guest } from "./cloud";
import type { FromCloud, Measure } from "./cloud-process";

export type RemoteCloud = {
  readonly socketUrl: string;
  guest(name: string): Guest;
  /** "rest": without the functions' threads, whose own heaps nobody can make them collect. */
  measure(what: "measure" | "rest"): Promise<Measure>;
  stop(): Promise<void>;
};

export async function startRemoteCloud(
  names: readonly string[],
  onWrong: (line: string) => void,
): Promise<RemoteCloud> {
  const child = fork(join(import.meta.dirname, "cloud-process.ts"), [...names], {
    execArgv: ["--expose-gc", "--import", "tsx"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  let measured: (measure: Measure) => void = () => {};
  const ready = await new Promise<Extract<FromCloud, { is: "ready" }>>((resolve, reject) => {
    child.on("message", (message: FromCloud) => {
      if (message.is === "ready") resolve(message);
      else if (message.is === "measured") measured(message.measure);
      else onWrong(message.line);
    });
    child.once("exit", (code) => reject(new Error(`unable to run the cloud; it ended with ${code}`)));
  });
  const died = (code: number | null) => onWrong(`the cloud ended with ${code}`);
  child.once("exit", died);
  return {
    socketUrl: ready.socketUrl,
    guest: (name) => {
      const guest = ready.guests[names.indexOf(name)];
      if (!guest) throw new Error(`unable to let ${name} in; nobody asked for them`);
      return guest;
    },
    measure: (what) =>
      new Promise((resolve) => {
        measured = resolve;
        child.send(what);
      }),
    stop: async () => {
      child.off("exit", died);
      child.send("stop");
      await once(child, "exit");
    },
  };
}
