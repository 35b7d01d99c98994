// What the parts of the client share. Each part is a function of this that answers with what it can do.

import type { DeviceId, UserId } from "../domain/ids";
import type { Timers } from "../domain/ports/clock";
import type { Connection } from "./connection";
import type { Keeper } from "./keeper";
import type { Log } from "./log-line";
import type { ClientStore } from "./ports/store";
import type { Tokens } from "./ports/tokens";
import type { Timelines } from "./timelines";

export type Device = {
  readonly me: () => UserId | undefined;
  readonly id: () => DeviceId;
  readonly timelines: Timelines;
  readonly keeper: Keeper;
  readonly store: ClientStore;
  readonly tokens: Tokens;
  readonly connection: Connection;
  readonly timers: Timers;
  readonly newId: () => string;
  /** How long until the next try of something that the server could not do; `tries` counts the failures. */
  readonly pauseMs: (tries: number, delayMs?: number) => number;
  readonly log: Log;
};
