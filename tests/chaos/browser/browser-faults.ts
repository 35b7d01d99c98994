// What happens to browsers, beside what happens to the cloud under them.

import { between, oneOf } from "../simulation/chances";
import { BARE_CLOUD_FAULTS } from "../system/faults/cloud-faults";
import type { CloudScene, Fault } from "../system/faults/fault";
import type { Seat, Tell } from "./seat";

export type BrowserScene = CloudScene & {
  readonly seats: readonly Seat[];
  readonly tell: Tell;
  readonly undo: (afterMs: number, then: () => void) => void;
};

const unplugged: Fault<BrowserScene> = {
  kind: "N5",
  weight: 10,
  strike: async ({ seats, random, told, undo }) => {
    const seat = oneOf(random, seats);
    told(`the network of ${seat.name} was cut`);
    await seat.offline(true);
    undo(between(random, 300, 6_000), () => void seat.offline(false));
  },
};

const reloaded: Fault<BrowserScene> = {
  kind: "N15",
  weight: 8,
  strike: async ({ seats, random, told }) => {
    const seat = oneOf(random, seats);
    told(`${seat.name} loaded the page again`);
    await seat.reload();
  },
};

const moved: Fault<BrowserScene> = {
  kind: "N15",
  weight: 5,
  strike: async ({ seats, random, told, tell }) => {
    const seat = oneOf(random, seats);
    told(`${seat.name} opened a second tab and closed the first`);
    await seat.leaveToAnother(tell);
  },
};

export const BROWSER_FAULTS: readonly Fault<BrowserScene>[] = [
  unplugged,
  reloaded,
  moved,
  ...BARE_CLOUD_FAULTS,
];
