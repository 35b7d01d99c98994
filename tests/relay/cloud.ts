// The product's own template on a cloud of this process, with people in it who say frames by hand. None of them says
// `mark`, so to the relay nobody has stored anything.

import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VERSION } from "../../core/protocol/version";
import { reportFileOf } from "../../local/iam/report-file";
import { runTemplate, type RunningTemplate } from "../../local/index";
import { engineClient } from "../../local/tables/engine-client";
import { synthesize } from "../../local/synth/synthesize";
import { readTemplate } from "../../local/template/template";
import { newPassword } from "../fixtures/account";
import { RawSocket, type Frame } from "../fixtures/raw-socket";
import { TEST_SYSTEM } from "../fixtures/system";

export type Entry = Readonly<Record<string, unknown>> & { readonly seq: number; readonly id: string };

export type Peer = { readonly socket: RawSocket; readonly device: string; readonly handle: string };

export type Play = {
  readonly cloud: RunningTemplate;
  /** What a developer would have read on the console. */
  readonly said: readonly string[];
  readonly end: () => Promise<void>;
};

export async function startPlay(): Promise<Play> {
  const { assembly } = await synthesize({ outDir: TEST_SYSTEM.assemblies });
  const dataDir = mkdtempSync(join(tmpdir(), "parley-relay-"));
  const said: string[] = [];
  const cloud = await runTemplate({
    ...{ template: readTemplate(assembly), dataDir, port: 0, verbose: false },
    say: (line) => said.push(line),
    iamReport: reportFileOf(process.env, dataDir),
    onLost: (reason) => {
      throw reason;
    },
  });
  const end = async () => {
    await cloud.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { cloud, said, end };
}

/** The engine itself, which permits everything and has no weather. `table`: part of the table's logical id. */
export async function engine(
  { template, tables }: RunningTemplate,
  table: string,
  action: string,
  input: object,
): Promise<Readonly<Record<string, unknown>>> {
  const resource = template.resources.find(
    ({ id, type }) => type === "AWS::DynamoDB::Table" && id.includes(table),
  );
  if (!resource) throw new Error(`unable to find the table ${table}; the template has none`);
  return engineClient(tables.endpoint)(action, { TableName: template.nameOf(resource), ...input });
}

export const newId = () => randomBytes(12).toString("base64url");

export async function arrive(cloud: RunningTemplate, name: string): Promise<Peer> {
  const email = `${newId()}@example.com`;
  await cloud.userPool.ensureUser({ email, name, password: newPassword() });
  const token = cloud.userPool.accessTokenFor(email);
  const url = `${cloud.address.replace("http", "ws")}/chat`;
  const socket = await RawSocket.open(url, ["chat.v1", `jwt.${token}`]);
  const device = newId();
  await socket.ask({ action: "hello", device, version: VERSION });
  const { me } = await socket.ask({ action: "profile", name });
  return { socket, device, handle: (me as { readonly handle: string }).handle };
}

export async function open(one: Peer, other: Peer): Promise<string> {
  const { rows } = await one.socket.ask({ action: "open", handle: other.handle });
  const [row] = rows as readonly { readonly conversation: string }[];
  if (!row) throw new Error("unable to open a conversation; there is no row");
  return row.conversation;
}

export const message = (text: string): Frame => ({ kind: "message", id: newId(), body: { text } });

/** The answer, or that the function has ended before it gave one. */
export async function say(
  { socket, device }: Peer,
  conversation: string,
  ...entries: readonly Frame[]
): Promise<Frame | "ended"> {
  const ref = newId();
  const frame = { action: "send", ref, device, conversation, after: 0, entries };
  const before = socket.received.length;
  socket.sendText(JSON.stringify(frame));
  const isGatewayError = (answer: Frame) =>
    answer["message"] === "Internal server error" && socket.received.indexOf(answer) >= before;
  const answer = await socket.next((one) => one["ref"] === ref || isGatewayError(one), "an answer");
  return answer["ref"] === ref ? answer : "ended";
}

export async function logOf({ socket }: Peer, conversation: string): Promise<readonly Entry[]> {
  const { entries } = await socket.ask({ action: "sync", conversation, after: 0 });
  return entries as readonly Entry[];
}

/** All that was pushed of it. */
export const toldOf = ({ socket }: Peer, conversation: string): readonly Entry[] =>
  socket.received
    .filter(({ type }) => type === "entries")
    .flatMap(({ entries }) => entries as readonly Entry[])
    .filter((entry) => entry["conversation"] === conversation);

/** How long it took to come true. */
export async function until(what: string, holds: () => boolean, patienceMs = 60_000): Promise<number> {
  const startedAt = Date.now();
  while (!holds()) {
    if (Date.now() - startedAt > patienceMs) throw new Error(`it did not come true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return Date.now() - startedAt;
}
