// Calls `@connections` as a frame says, and answers with what came of it. With `times` it goes on until the first
// answer that is not 200.

import type { AwsAnswer } from "./aws-call";
import { callBack } from "./call-back";
import { answering, type ProxyAnswer, type Said, saidIn, type SocketEvent, textOf } from "./events";

export async function handler(event: SocketEvent): Promise<ProxyAnswer> {
  const said = saidIn(event);
  const times = Number(said["times"] ?? 1);
  let answer: AwsAnswer | undefined;
  let done = 0;
  while (done < times && (answer === undefined || answer.status === 200)) {
    answer = await callBack(event, {
      id: textOf(said, "id"),
      method: textOf(said, "method"),
      ...bodyOf(said),
      unsigned: said["unsigned"] === true,
      stageless: said["stageless"] === true,
    });
    done += 1;
  }
  return answering(said, {
    status: answer?.status,
    errorType: answer?.errorType,
    text: answer?.text.slice(0, 2_000),
    done,
  });
}

function bodyOf(said: Said): { readonly body?: string } {
  if (typeof said["bytes"] === "number") return { body: "x".repeat(said["bytes"]) };
  return typeof said["body"] === "string" ? { body: said["body"] } : {};
}
