import type { Clock, Random } from "./clock";
import type { Connections, Watches } from "./connections";
import type { Inbox } from "./inbox";
import type { Log } from "./log";
import type { People } from "./people";
import type { Push } from "./push";

/** All that the use cases ask of the world. Each names the ones that it takes. */
export type Ports = {
  readonly log: Log;
  readonly inbox: Inbox;
  readonly connections: Connections;
  readonly watches: Watches;
  readonly people: People;
  readonly push: Push;
  readonly clock: Clock;
  readonly random: Random;
  readonly pace: Pace;
};

/** What a deployment chose of how fast one person may write into one conversation. */
export type Pace = { readonly entriesAWindow: number };
