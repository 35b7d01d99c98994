// Hands a call to DynamoDB, with this function's own rights, and its answer back. Tables are named "@Notes" and
// "@Items"; `ballast` is a text that is too long for a frame. Where the line broke before an answer, the status is 0.

import { callDynamo, variable } from "./aws-call";
import { answering, type ProxyAnswer, saidIn, type SocketEvent, textOf } from "./events";

const MOST_ANSWERED = 100_000;
const NO_ANSWER = 0;

export async function handler(event: SocketEvent): Promise<ProxyAnswer> {
  const said = saidIn(event);
  const input = JSON.stringify(said["input"] ?? {})
    .replaceAll('"@Notes"', JSON.stringify(variable("NOTES_TABLE")))
    .replaceAll('"@Items"', JSON.stringify(variable("ITEMS_TABLE")))
    .replaceAll('"@Ballast"', () => JSON.stringify("x".repeat(Number(said["ballast"] ?? 0))));
  const answered = await callDynamo(textOf(said, "call"), JSON.parse(input)).catch(() => undefined);
  if (answered === undefined) return answering(said, { status: NO_ANSWER, answer: {} });
  const { status, text } = answered;
  const answer: unknown = text.length > MOST_ANSWERED ? {} : JSON.parse(text);
  return answering(said, { status, answer });
}
