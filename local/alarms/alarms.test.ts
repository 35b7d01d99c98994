import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createQueues } from "../queues/create-queues";
import type { Resource } from "../resources";
import { turnableClock } from "../turnable-clock";
import { createAlarms } from "./create-alarms";

const DEAD = "arn:aws:sqs:us-east-1:000000000000:dead";
const RETENTION_MS = 120_000;
const nameOf = ({ id }: Resource) => `https://sqs.us-east-1.amazonaws.com/000000000000/${id}`;
const queue: Resource = {
  id: "dead",
  type: "AWS::SQS::Queue",
  properties: { MessageRetentionPeriod: RETENTION_MS / 1_000 },
};
const PROPERTIES = {
  AlarmDescription: "Look at it.",
  ComparisonOperator: "GreaterThanOrEqualToThreshold",
  Dimensions: [{ Name: "QueueName", Value: "dead" }],
  EvaluationPeriods: 1,
  MetricName: "ApproximateNumberOfMessagesVisible",
  Namespace: "AWS/SQS",
  Period: 60,
  Statistic: "Maximum",
  Threshold: 1,
  TreatMissingData: "notBreaching",
};
const newPlace = () => ({ dataDir: mkdtempSync(join(tmpdir(), "alarms-")), clock: turnableClock() });

function open(properties: object = {}, place = newPlace()) {
  const told: string[] = [];
  const alarm: Resource = {
    id: "left",
    type: "AWS::CloudWatch::Alarm",
    properties: { ...PROPERTIES, ...properties },
  };
  const resources = [queue, alarm];
  const queues = createQueues({
    ...{ resources, nameOf, ...place },
    authorize: () => ({ is: "allowed" }),
    onArrival: (arn) => alarms.arrived(arn),
  });
  const alarms = createAlarms({
    ...{ resources, queues, clock: place.clock },
    nameOf: ({ id }) => id,
    tell: (line) => told.push(line),
  });
  return { told, queues, alarms, place };
}

describe("an alarm on a queue", () => {
  it("says nothing of an empty queue, and one line when something is left in it", async () => {
    const { told, queues, alarms } = open();
    expect(alarms.of(DEAD)).toEqual([{ name: "left", state: "OK" }]);
    expect(told).toEqual([]);

    await queues.send(DEAD, "one");
    await queues.send(DEAD, "two");

    expect(told).toEqual(["ALARM left: ApproximateNumberOfMessagesVisible of dead is 1. Look at it."]);
    expect(alarms.of(DEAD)).toEqual([{ name: "left", state: "ALARM" }]);
  });

  it("is over within a period after the queue is empty again", async () => {
    const { told, queues, place } = open();
    await queues.send(DEAD, "one");

    place.clock.turn(RETENTION_MS + 60_000);

    expect(told.at(-1)).toBe("alarm left is over: ApproximateNumberOfMessagesVisible of dead is 0");
  });

  it("goes off at the start over what an earlier run has left", async () => {
    const { queues, place } = open();
    await queues.send(DEAD, "one");
    await queues.stop();

    expect(open({}, place).told).toEqual([expect.stringMatching(/^ALARM left/)]);
  });

  it.each([
    [{ Namespace: "AWS/Lambda" }, "AWS/Lambda"],
    [{ MetricName: "ApproximateAgeOfOldestMessage" }, "ApproximateAgeOfOldestMessage"],
    [{ Statistic: "p99" }, "p99"],
    [{ ComparisonOperator: "LessThanLowerThreshold" }, "LessThanLowerThreshold"],
    [{ EvaluationPeriods: 3 }, "several periods"],
    [{ Metrics: [] }, "Metrics"],
    [{ Dimensions: [{ Name: "QueueName", Value: "elsewhere" }] }, "elsewhere"],
  ])("is refused by name where it asks for more: %j", (properties, name) => {
    expect(() => open(properties)).toThrow(new RegExp(`unable to run the alarm left; .*${name}`));
  });
});
