// The control surface: what tests, tools and a person at the terminal do to a running cloud. JSON on the cloud's own
// port, for whoever has the token of this run; it stands in cloud.json, which only this user may read. A page in a
// browser has no token, and cannot send the header to another origin unasked.
//
//   GET  /control                        what is set, and who is connected
//   POST /control/clock    {"turnMs"}    moves the cloud's time on, in the functions too
//   POST /control/weather  {…}           local/weather/settings.ts; {} is fair weather
//   POST /control/cut      {"connectionId"?, "code"?}   without a code the line breaks
//   POST /control/kill     {"what": "environments" | "engine" | "cloud", "function"?}   as kill -9 does
//   GET  /control/meter    POST /control/meter/reset
//   GET  /control/iam      GET /control/queues

import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import * as v from "valibot";
import type { Surface } from "../resources";
import { readBody } from "./read-body";

/** What the surface reaches; local/index.ts says how. */
export type Controlled = {
  state(): unknown;
  turn(byMs: number): void;
  setWeather(settings: unknown): unknown;
  /** How many it met. */
  cut(connectionId: string | undefined, code: number | undefined): number;
  killEnvironments(functionName: string | undefined): Promise<void>;
  killEngine(): void;
  /** Does not return. */
  killCloud(): void;
  meter(): unknown;
  resetMeter(): void;
  iam(): unknown;
  queues(): unknown;
};

export type Control = Surface & { readonly token: string };

export const CONTROL_HEADER = "x-parley-control";

const LONGEST_TURN_MS = 400 * 24 * 3_600_000;
const turn = v.strictObject({ turnMs: v.pipe(v.number(), v.minValue(0), v.maxValue(LONGEST_TURN_MS)) });
const cut = v.strictObject({
  connectionId: v.optional(v.string()),
  code: v.optional(v.pipe(v.number(), v.check(isCloseCode, "no code that a close frame may carry"))),
});
const kill = v.strictObject({
  what: v.picklist(["environments", "engine", "cloud"]),
  function: v.optional(v.string()),
});

type Action = (body: unknown) => unknown;

/** Whoever is told to kill the cloud says yes while it can. */
const AFTER_THE_ANSWER = Symbol("kill the cloud");

export function createControl(controlled: Controlled): Control {
  const token = randomBytes(24).toString("hex");
  const actions: Readonly<Record<string, Action>> = {
    "GET /control": () => controlled.state(),
    "GET /control/meter": () => controlled.meter(),
    "GET /control/iam": () => controlled.iam(),
    "GET /control/queues": () => controlled.queues(),
    "POST /control/clock": (body) => {
      controlled.turn(read(turn, body).turnMs);
      return controlled.state();
    },
    "POST /control/weather": (body) => controlled.setWeather(body),
    "POST /control/cut": (body) => {
      const { connectionId, code } = read(cut, body);
      return { cut: controlled.cut(connectionId, code) };
    },
    "POST /control/kill": async (body) => {
      const what = read(kill, body);
      if (what.what === "cloud") return AFTER_THE_ANSWER;
      if (what.what === "engine") controlled.killEngine();
      else await controlled.killEnvironments(what.function);
      return {};
    },
    "POST /control/meter/reset": () => {
      controlled.resetMeter();
      return {};
    },
  };
  return {
    token,
    claims: ({ url }) => /^\/control(\/|\?|$)/.test(url ?? ""),
    handle: (request, response) =>
      void act(actions, token, request).then(({ status, body }) => {
        if (body !== AFTER_THE_ANSWER) return send(response, status, body);
        response.once("finish", () => controlled.killCloud());
        send(response, status, {});
      }),
  };
}

type Reply = { readonly status: number; readonly body: unknown };

async function act(
  actions: Readonly<Record<string, Action>>,
  token: string,
  request: IncomingMessage,
): Promise<Reply> {
  const refuse = (status: number, message: string): Reply => ({ status, body: { message } });
  if (!isSame(request.headers[CONTROL_HEADER], token))
    return refuse(
      403,
      `unable to control the cloud; the header ${CONTROL_HEADER} is missing or not of this run: cloud.json has it`,
    );
  const asked = `${request.method} ${(request.url ?? "").split("?", 1)[0]}`;
  const action = Object.hasOwn(actions, asked) ? actions[asked] : undefined;
  if (action === undefined)
    return refuse(404, `unable to do "${asked}"; there is ${Object.keys(actions).join(", ")}`);
  try {
    return { status: 200, body: await action(request.method === "POST" ? await readBody(request) : {}) };
  } catch (error) {
    return refuse(400, error instanceof Error ? error.message : String(error));
  }
}

/** RFC 6455 keeps 1004, 1005, 1006 and 1015 for what no frame says, and what is between them and 3000 for itself. */
function isCloseCode(code: number): boolean {
  const isOfTheProtocol = code >= 1_000 && code <= 1_014 && ![1_004, 1_005, 1_006].includes(code);
  return Number.isInteger(code) && (isOfTheProtocol || (code >= 3_000 && code <= 4_999));
}

function isSame(given: string | string[] | undefined, token: string): boolean {
  if (typeof given !== "string" || given.length !== token.length) return false;
  // A header's characters are bytes; as UTF-8 they would be longer than the token, which timingSafeEqual throws at.
  return timingSafeEqual(Buffer.from(given, "latin1"), Buffer.from(token, "latin1"));
}

function read<Schema extends v.GenericSchema>(schema: Schema, body: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  const reasons = result.issues.map((issue) => `${v.getDotPath(issue) ?? "it"}: ${issue.message}`);
  throw new Error(`unable to read the request; ${reasons.join("; ")}`);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
  });
  response.end(text);
}
