import type { Clock } from "../clock";
import type { Functions } from "../resources";
import type { Connections } from "./connections";
import type { Throttles } from "./throttle";

/** What each part of the gateway works with. */
export type Surroundings = {
  readonly functions: Functions;
  readonly clock: Clock;
  readonly connections: Connections;
  readonly throttles: Throttles;
  readonly print: (line: string) => void;
};
