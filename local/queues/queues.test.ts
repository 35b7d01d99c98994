import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Resource } from "../resources";
import { type CloudServer, startServer } from "../server";
import { isRecord, type Json, listAt, recordAt } from "../template/json";
import { type TurnableClock, turnableClock } from "../turnable-clock";
import type { AuthorizeQueueCall } from "./answering";
import { createQueues, type Queues } from "./create-queues";

const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const urlOf = (name: string) => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;
const queue = (id: string, properties: Json = {}): Resource => ({ id, type: "AWS::SQS::Queue", properties });
const WORK = queue("work", {
  VisibilityTimeout: 30,
  RedrivePolicy: { deadLetterTargetArn: arnOf("dead"), maxReceiveCount: 2 },
});
const DEAD = queue("dead", { MessageRetentionPeriod: 90 });

let server: CloudServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

type Place = { dataDir: string; clock: TurnableClock; authorize: AuthorizeQueueCall };
const place = (): Place => ({
  dataDir: mkdtempSync(join(tmpdir(), "queues-")),
  clock: turnableClock(),
  authorize: () => ({ is: "allowed" }),
});

const open = (where: Place, resources: readonly Resource[] = [WORK, DEAD]): Queues =>
  createQueues({ resources, nameOf: ({ id }) => urlOf(id), ...where });

async function caller(queues: Queues, name = "work") {
  const { port } = (server = await startServer([queues], 0));
  return async (operation: string, input: Json = {}, key = "AKIAWORKER"): Promise<Json> => {
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: "POST",
      headers: {
        "x-amz-target": `AmazonSQS.${operation}`,
        authorization: `AWS4-HMAC-SHA256 Credential=${key}/20250101/us-east-1/sqs/aws4_request, Signature=0`,
      },
      body: JSON.stringify({ QueueUrl: urlOf(name), ...input }),
    });
    const body: unknown = await response.json();
    const error = response.headers.get("x-amzn-query-error");
    return { ...(isRecord(body) ? body : {}), ...(error !== null && { error, status: response.status }) };
  };
}

const bodiesIn = (answer: Json) => listAt(answer, "Messages").map((it) => (isRecord(it) ? it["Body"] : it));
const receiptIn = (answer: Json) =>
  recordAt({ first: listAt(answer, "Messages")[0] }, "first")["ReceiptHandle"];

describe("a queue", () => {
  it("hides a received message, shows it again after its visibility timeout, and forgets it when deleted", async () => {
    const where = place();
    const call = await caller(open(where));
    expect(await call("SendMessage", { MessageBody: "hello" })).toMatchObject({
      MD5OfMessageBody: "5d41402abc4b2a76b9719d911017c592",
    });
    expect(bodiesIn(await call("ReceiveMessage"))).toEqual(["hello"]);
    expect(await call("ReceiveMessage")).toEqual({});
    where.clock.turn(30_000);
    const again = await call("ReceiveMessage", { MessageSystemAttributeNames: ["All"] });
    expect(listAt(again, "Messages")[0]).toMatchObject({ Attributes: { ApproximateReceiveCount: "2" } });
    await call("DeleteMessage", { ReceiptHandle: receiptIn(again) });
    where.clock.turn(30_000);
    expect(await call("ReceiveMessage")).toEqual({});
  });

  it("gives a message that was received too often to its dead-letter queue, where it is dropped with age", async () => {
    const where = place();
    const queues = open(where);
    const call = await caller(queues);
    await call("SendMessage", { MessageBody: "poison" });
    for (let time = 0; time < 3; time++) {
      await call("ReceiveMessage");
      if (time < 2) where.clock.turn(30_000);
    }
    expect(queues.depth(arnOf("work"))).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    expect(queues.bodies(arnOf("dead"))).toEqual(["poison"]);
    where.clock.turn(30_000);
    expect(queues.depth(arnOf("dead"))).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it("keeps what was sent when the cloud ends without a word", async () => {
    const where = place();
    const first = open(where);
    await first.send(arnOf("dead"), "one");
    await first.send(arnOf("dead"), "two");
    const second = open(where);
    expect(second.bodies(arnOf("dead"))).toEqual(["one", "two"]);
    expect(second.depth(arnOf("dead")).visible).toBe(2);
  });

  it("tells its depth and its settings, and can be emptied", async () => {
    const call = await caller(open(place()));
    await call("SendMessage", { MessageBody: "a" });
    await call("SendMessage", { MessageBody: "b", DelaySeconds: 5 });
    await call("ReceiveMessage");
    const { Attributes } = await call("GetQueueAttributes", { AttributeNames: ["All"] });
    expect(Attributes).toMatchObject({
      QueueArn: arnOf("work"),
      ApproximateNumberOfMessages: "0",
      ApproximateNumberOfMessagesNotVisible: "1",
      ApproximateNumberOfMessagesDelayed: "1",
      VisibilityTimeout: "30",
    });
    await call("PurgeQueue");
    const depth = await call("GetQueueAttributes", {
      AttributeNames: ["ApproximateNumberOfMessagesDelayed"],
    });
    expect(depth).toEqual({ Attributes: { ApproximateNumberOfMessagesDelayed: "0" } });
    expect(await call("GetQueueUrl", { QueueName: "work" })).toEqual({ QueueUrl: urlOf("work") });
  });

  it("answers a long poll when a message comes", async () => {
    const queues = open(place());
    const call = await caller(queues, "dead");
    const polled = call("ReceiveMessage", { WaitTimeSeconds: 20 });
    await queues.send(arnOf("dead"), "at last");
    expect(bodiesIn(await polled)).toEqual(["at last"]);
  });
});

describe("a refusal", () => {
  it("is in SQS's words", async () => {
    const call = await caller(open(place()));
    expect(await call("SendMessage", { QueueUrl: urlOf("ghost"), MessageBody: "x" })).toEqual({
      __type: "com.amazonaws.sqs#QueueDoesNotExist",
      message: "The specified queue does not exist.",
      error: "AWS.SimpleQueueService.NonExistentQueue;Sender",
      status: 400,
    });
    expect(await call("SendMessage")).toMatchObject({ error: "MissingParameter;Sender" });
    expect(await call("ReceiveMessage", { MaxNumberOfMessages: 11 })).toMatchObject({
      error: "InvalidParameterValue;Sender",
    });
    expect(await call("StartMessageMoveTask")).toMatchObject({
      message: "The local queues have no operation StartMessageMoveTask.",
    });
  });

  it("comes from the policy of the role that signed", async () => {
    const authorize: AuthorizeQueueCall = ({ accessKeyId, action, resource }) =>
      accessKeyId === "AKIAWORKER"
        ? { is: "allowed" }
        : { is: "denied", message: `${action} on ${resource}` };
    const call = await caller(open({ ...place(), authorize }));
    expect(await call("SendMessage", { MessageBody: "x" })).not.toHaveProperty("error");
    expect(await call("SendMessage", { MessageBody: "x" }, "AKIASTRANGER")).toEqual({
      __type: "com.amazon.coral.service#AccessDeniedException",
      message: `sqs:SendMessage on ${arnOf("work")}`,
      error: "AccessDenied;Sender",
      status: 403,
    });
  });

  it("comes before the start for what cannot run here", () => {
    expect(() => open(place(), [queue("orders", { FifoQueue: true })])).toThrow(/its property FifoQueue/);
    expect(() => open(place(), [WORK])).toThrow(/its dead-letter queue .*dead is not there/);
  });
});
