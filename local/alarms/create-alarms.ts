// The template's alarms. CloudWatch has a value a minute and tells a topic; here the queue is looked at when something
// arrives in it, and who is told is whoever reads the console.
//
//            breaching
//   quiet ─────────────▶ alarm      looked at again every period
//         ◀─────────────
//          breaching no more

import type { Clock } from "../clock";
import type { Queues } from "../queues/create-queues";
import type { Resource } from "../resources";
import { type AlarmSettings, type Metric, readAlarms } from "./settings";

export type AlarmState = { readonly name: string; readonly state: "OK" | "ALARM" };

export type Alarms = {
  /** After something was put into a queue. */
  arrived(queueArn: string): void;
  of(queueArn: string): readonly AlarmState[];
  stop(): void;
};

type Depth = ReturnType<Queues["depth"]>;

const VALUES: Readonly<Record<Metric, (depth: Depth) => number>> = {
  ApproximateNumberOfMessagesVisible: ({ visible }) => visible,
  ApproximateNumberOfMessagesNotVisible: ({ inFlight }) => inFlight,
  ApproximateNumberOfMessagesDelayed: ({ delayed }) => delayed,
};

export function createAlarms(options: {
  readonly resources: readonly Resource[];
  readonly nameOf: (resource: Resource) => string;
  readonly queues: Pick<Queues, "arns" | "depth">;
  readonly clock: Clock;
  readonly tell: (line: string) => void;
}): Alarms {
  const { queues, clock, tell } = options;
  const alarms = readAlarms(options.resources, options.nameOf, queues.arns).map((settings) =>
    watched(settings, () => VALUES[settings.metric](queues.depth(settings.queueArn)), clock, tell),
  );
  const of = (queueArn: string) => alarms.filter(({ settings }) => settings.queueArn === queueArn);
  // What the last run has left in a queue is still to be looked at.
  for (const alarm of alarms) alarm.look();
  return {
    arrived: (queueArn) => {
      for (const alarm of of(queueArn)) alarm.look();
    },
    of: (queueArn) => of(queueArn).map(({ settings: { name }, look }) => ({ name, state: look() })),
    stop: () => {
      for (const alarm of alarms) alarm.stop();
    },
  };
}

function watched(settings: AlarmSettings, value: () => number, clock: Clock, tell: (line: string) => void) {
  const { name, metric, queueArn, description } = settings;
  let state: AlarmState["state"] = "OK";
  let cancel = () => {};
  function look(): AlarmState["state"] {
    const now = value();
    const next = settings.isBreaching(now) ? "ALARM" : "OK";
    if (next !== state) {
      const what = `${metric} of ${queueArn.slice(queueArn.lastIndexOf(":") + 1)} is ${now}`;
      tell(next === "ALARM" ? `ALARM ${name}: ${what}. ${description}` : `alarm ${name} is over: ${what}`);
    }
    state = next;
    cancel();
    cancel = state === "ALARM" ? clock.after(settings.periodMs, look) : () => {};
    return state;
  }
  return { settings, look, stop: () => cancel() };
}
