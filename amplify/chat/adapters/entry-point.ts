// The one place where a function catches and logs.

import { errorFields, writeLine, type LogFields } from "./log-line";

export type Running<Answer> = {
  readonly answer: Answer;
  /** For the log line: ids and codes. */
  readonly fields?: LogFields;
};

let cold = true;

/** Runs one event and writes one line about it. What is thrown goes on to Lambda, which counts it. */
export function entryPoint<Answer>(
  name: string,
  run: (event: unknown) => Promise<Running<Answer>>,
): (event: unknown) => Promise<Answer> {
  return async (event) => {
    const startedAt = performance.now();
    const line = (fields: LogFields) => {
      const ms = Math.round((performance.now() - startedAt) * 10) / 10;
      writeLine({ function: name, ...requestFields(event), ...fields, ms, cold });
      cold = false;
    };
    try {
      const { answer, fields } = await run(event);
      line({ level: "info", ...fields });
      return answer;
    } catch (error) {
      line({ level: "error", ...errorFields(error) });
      throw error;
    }
  };
}

/** Read without trust: the event of a bug may be of any shape. */
function requestFields(event: unknown): LogFields {
  const context = field(event, "requestContext");
  const texts = { requestId: field(context, "requestId"), connectionId: field(context, "connectionId") };
  const user = field(field(context, "authorizer"), "user");
  return Object.fromEntries(
    Object.entries({ ...texts, user }).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
