// The gate's outpost in a function's thread. What the gate would let by without a thought goes from here to the engine, and
// is told to the gate afterwards; all else goes to the gate. It saves each such call half its way: at eight messages in
// flight the gate's own thread is what the rest waits for.
//
//   the passage is open          no weather for tables, and no partition near its limit; the gate says so in shared memory
//   one item, or a query         nothing that reaches over tables, and no statement of PartiQL
//   signed with the thread's own keys
//   its like was let by          and would be whatever it holds: no condition in the role's policies looks at it
//
// So the first call of each kind goes to the gate, which says whether the next may go from here.

import type { Json } from "../template/json";
import type { Answer } from "./answers";
import { askEngine } from "./ask-engine";
import { EngineLine } from "./engine-line";
import type { HttpMessage } from "./http-reader";
import { OutpostSocket } from "./outpost-socket";
import { partitionsOf, type PartitionKeys } from "./partitions";
import { readCall, type SignedCall } from "./read-call";
import type { Units } from "./units";
import { written } from "./http-answer";

/** What a thread is given when it starts. */
export type OutpostSetup = {
  /** "http://127.0.0.1:4000" */
  readonly gate: string;
  readonly engine: string;
  /** 1 while it is open. */
  readonly passage: SharedArrayBuffer;
  readonly partitionKeys: PartitionKeys;
};

/** A call that did not pass by the gate. */
export type PassedCall = {
  readonly action: string;
  /** As much of it as says on what it was. */
  readonly input: Json;
  readonly partitions: readonly string[];
  readonly used: readonly Units[];
};

export type Outpost = {
  /** A line as if to the gate. */
  connect(): OutpostSocket;
  /** The gate is told what it was not asked. */
  report(): void;
};

type OutpostOptions = {
  readonly setup: OutpostSetup;
  readonly keys: { readonly accessKeyId: string; readonly sessionToken: string };
  readonly tell: (calls: readonly PassedCall[]) => void;
};

/** With these the gate is asked whether a call's like may pass from here, and says yes. */
export const ASKS = "x-parley-outpost";
export const MAY_PASS = "x-parley-may-pass";

const ON_ONE_TABLE = new Set(["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query"]);
/** An event that makes many calls, or large ones, is told of in the middle of it: they may use up a partition. */
const MOST_UNTOLD = { calls: 10, units: 50 };
/** Far more than a function has; one that asks for made-up tables must not fill the memory. */
const MOST_KINDS = 1_000;

export function openOutpost({ setup, keys, tell }: OutpostOptions): Outpost {
  const { gate, engine, partitionKeys } = setup;
  const passage = new Int32Array(setup.passage);
  const mayPass = new Set<string>();
  let untold: PassedCall[] = [];
  let untoldUnits = 0;

  const report = (): void => {
    if (untold.length === 0) return;
    tell(untold);
    untold = [];
    untoldUnits = 0;
  };

  /** What is ruled alike; undefined of what is always for the gate. */
  const kindOf = ({ action, input, accessKeyId, sessionToken }: SignedCall): string | undefined => {
    const isOwn = accessKeyId === keys.accessKeyId && sessionToken === keys.sessionToken;
    const { TableName: table, IndexName: index = "" } = input;
    const isPlain = ON_ONE_TABLE.has(action) && typeof table === "string" && typeof index === "string";
    return isOwn && isPlain ? `${action} ${table} ${index}` : undefined;
  };

  const byGate = async (
    line: EngineLine,
    message: HttpMessage,
    kind: string | undefined,
  ): Promise<string> => {
    const { startLine, headers, body } = await line.ask(asked(gate, message, kind !== undefined));
    if (kind !== undefined && headers[MAY_PASS] !== undefined && mayPass.size < MOST_KINDS) mayPass.add(kind);
    const answer: Answer = { status: Number(startLine.split(" ", 2)[1]), body };
    return written(answer, headers["x-amzn-requestid"]);
  };

  const serve = (toGate: EngineLine, toEngine: EngineLine) => async (message: HttpMessage) => {
    const call = readCall(message);
    const kind = call.is === "call" ? kindOf(call) : undefined;
    if (call.is === "refused" || kind === undefined || !mayPass.has(kind) || Atomics.load(passage, 0) === 0)
      return byGate(toGate, message, kind);
    const { action, input } = call;
    const { answer, used } = await askEngine(toEngine, engine, { action, input, message });
    const { TableName, IndexName } = input;
    untold.push({
      action,
      input: { TableName, ...(IndexName !== undefined && { IndexName }) },
      partitions: partitionsOf(partitionKeys, action, input),
      used,
    });
    for (const { readUnits, writeUnits } of used) untoldUnits += readUnits + writeUnits;
    if (untold.length >= MOST_UNTOLD.calls || untoldUnits >= MOST_UNTOLD.units) report();
    return written(answer);
  };

  return {
    connect: () => {
      const [toGate, toEngine] = [new EngineLine(() => gate), new EngineLine(() => engine)];
      const socket = new OutpostSocket(serve(toGate, toEngine));
      socket.once("close", () => {
        toGate.close();
        toEngine.close();
      });
      return socket;
    },
    report,
  };
}

/** The same call once more, its body in one piece. */
function asked(gate: string, { startLine, headers, body }: HttpMessage, isKnownKind: boolean): string {
  const kept = Object.entries({ ...headers, host: gate.slice("http://".length) }).filter(
    ([name]) => !["content-length", "transfer-encoding", "expect", ASKS].includes(name),
  );
  const lines = [
    startLine,
    ...kept.map(([name, value]) => `${name}: ${value}`),
    ...(isKnownKind ? [`${ASKS}: 1`] : []),
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return `${lines.join("\r\n")}\r\n\r\n${body}`;
}
