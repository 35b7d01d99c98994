// The template's alarms. What a property would change is done here, or the property is refused by name: an alarm that
// stays silent here for another reason than it would there is worse than none.

import type { Resource } from "../resources";
import { countIn } from "../streams/property";
import { isRecord, type Json, listAt, textAt } from "../template/json";

export type AlarmSettings = {
  readonly name: string;
  /** Of this template. */
  readonly queueArn: string;
  readonly metric: Metric;
  readonly isBreaching: (value: number) => boolean;
  readonly periodMs: number;
  /** What it says of itself. */
  readonly description: string;
};

export type Metric = (typeof METRICS)[number];
const METRICS = [
  "ApproximateNumberOfMessagesVisible",
  "ApproximateNumberOfMessagesNotVisible",
  "ApproximateNumberOfMessagesDelayed",
] as const;

const COMPARISONS: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

const USED = [
  "AlarmDescription",
  "AlarmName",
  "ComparisonOperator",
  "Dimensions",
  "EvaluationPeriods",
  "MetricName",
  "Namespace",
  "Period",
  "Statistic",
  "Threshold",
];
/** Here nobody is told but who reads the console, and a queue is never without a value. */
const MEANINGLESS = [
  "ActionsEnabled",
  "AlarmActions",
  "InsufficientDataActions",
  "OKActions",
  "Tags",
  "TreatMissingData",
];

export function readAlarms(
  resources: readonly Resource[],
  nameOf: (resource: Resource) => string,
  queueArns: readonly string[],
): readonly AlarmSettings[] {
  return resources
    .filter(({ type }) => type === "AWS::CloudWatch::Alarm")
    .map((resource) => readAlarm(resource, nameOf(resource), queueArns));
}

function readAlarm({ id, properties }: Resource, name: string, queueArns: readonly string[]): AlarmSettings {
  const refuse = (reason: string) => new Error(`unable to run the alarm ${id}; ${reason}`);
  const unknown = Object.keys(properties).find((it) => ![...USED, ...MEANINGLESS].includes(it));
  if (unknown !== undefined)
    throw refuse(`the local cloud does not know its property ${unknown}: add it to local/alarms/settings.ts`);
  if (properties["Namespace"] !== "AWS/SQS")
    throw refuse(`it watches ${String(properties["Namespace"])}, and the local cloud measures queues only`);
  const metric = METRICS.find((one) => one === properties["MetricName"]);
  if (metric === undefined)
    throw refuse(`the local cloud does not measure ${String(properties["MetricName"])}`);
  // One value a look: the highest, the lowest and the mean of it are the same.
  if (!["Maximum", "Minimum", "Average"].includes(String(properties["Statistic"])))
    throw refuse(`the local cloud does not know the statistic ${String(properties["Statistic"])}`);
  const compare = COMPARISONS[String(properties["ComparisonOperator"])];
  if (compare === undefined)
    throw refuse(`the local cloud does not know ${String(properties["ComparisonOperator"])}`);
  const count = (property: string, range: readonly [number, number]) =>
    countIn({ value: properties[property], name: `${id}.${property}` }, range[0], range);
  if (count("EvaluationPeriods", [1, 1_440]) > 1)
    throw refuse("it waits for several periods, and the local cloud keeps no values");
  const threshold = count("Threshold", [0, 1_000_000]);
  return {
    name,
    queueArn: queueArnIn(properties, queueArns, refuse),
    metric,
    isBreaching: (value) => compare(value, threshold),
    periodMs: 1_000 * count("Period", [10, 86_400]),
    description: textAt(properties, "AlarmDescription") ?? "",
  };
}

function queueArnIn(
  properties: Json,
  queueArns: readonly string[],
  refuse: (reason: string) => Error,
): string {
  const named = listAt(properties, "Dimensions").find((one) => isRecord(one) && one["Name"] === "QueueName");
  const name = textAt(named, "Value") ?? "";
  const arn = queueArns.find((one) => one.endsWith(`:${name}`));
  if (arn === undefined) throw refuse(`its queue ${name} is not of this template`);
  return arn;
}
