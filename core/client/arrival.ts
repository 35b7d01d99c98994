import type { Timers } from "../domain/ports/clock";
import type { Connection } from "./connection";

/** How long somebody who asked for something waits for the line before they are told that there is none. */
const PATIENCE_MS = 10_000;

/** Resolves when the line is up; false when it is known not to come, or does not in time. */
export function arrival(connection: Connection, timers: Timers): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (isUp: boolean) => {
      unsubscribe();
      cancel();
      resolve(isUp);
    };
    const look = () => {
      const { is } = connection.view.getSnapshot();
      if (connection.isUp()) done(true);
      else if (is === "offline" || is === "stopped") done(false);
    };
    const unsubscribe = connection.view.subscribe(look);
    const cancel = timers.after(PATIENCE_MS, () => done(false));
    look();
  });
}
