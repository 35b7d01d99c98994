// A call as it goes to the engine, and what comes back: the answer, and what it cost.

import { isRecord, type Json, jsonIn } from "../template/json";
import type { Answer } from "./answers";
import { askWithUnits, cutAnswer, withoutWhatWasAdded } from "./asked-for";
import { costs } from "./call-kinds";
import type { EngineLine } from "./engine-line";
import type { HttpMessage } from "./http-reader";
import { databaseUnits, type Units } from "./units";

export type EngineCall = {
  /** "PutItem" */
  readonly action: string;
  readonly input: Json;
  /** As it came, with the body that `input` was read from. */
  readonly message: HttpMessage;
};

export type EngineAnswer = { readonly answer: Answer; readonly used: readonly Units[] };

/** "http://127.0.0.1:4000"; rejects when the engine is gone, and nobody can say what was done. */
export async function askEngine(
  line: EngineLine,
  engine: string,
  { action, input, message }: EngineCall,
): Promise<EngineAnswer> {
  const { startLine, body } = await line.ask(
    requestTo(engine, message.headers, askWithUnits(action, input, message.body)),
  );
  const status = Number(startLine.split(" ", 2)[1]);
  const used = (answered: Json) =>
    databaseUnits({ action, request: input, answer: { status, body: answered } });
  const cut = status === 200 ? cutAnswer(action, input, body) : undefined;
  if (cut !== undefined) return { answer: { status, body: cut.body }, used: used(cut.units) };
  const output = costs(action) ? jsonIn(body) : undefined;
  if (!isRecord(output)) return { answer: { status, body }, used: [] };
  return {
    answer: { status, body: JSON.stringify(withoutWhatWasAdded(action, input, output)) },
    used: used(output),
  };
}

/** What of a request's head the engine reads. */
const PASSED_ON = ["x-amz-target", "x-amz-date", "authorization"];

function requestTo(engine: string, headers: HttpMessage["headers"], body: string): string {
  const kept = PASSED_ON.map((name) => `${name}: ${headers[name] ?? ""}\r\n`).join("");
  return `POST / HTTP/1.1\r\nhost: ${engine.slice("http://".length)}\r\ncontent-type: application/x-amz-json-1.0\r\n${kept}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
