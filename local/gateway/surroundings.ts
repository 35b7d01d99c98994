import type { Clock } from "../clock";
import type { Meter } from "../meter/meter";
import type { Functions } from "../resources";
import type { Weather } from "../weather/weather";
import type { Causes } from "./causes";
import type { Connections } from "./connections";
import type { MayInvoke } from "./integration";
import type { Throttles } from "./throttle";

/** What each part of the gateway works with. */
export type Surroundings = {
  readonly functions: Functions;
  readonly clock: Clock;
  readonly causes: Causes;
  readonly connections: Connections;
  readonly throttles: Throttles;
  readonly mayInvoke: MayInvoke;
  readonly meter: Meter;
  readonly weather: Weather;
  readonly print: (line: string) => void;
};
