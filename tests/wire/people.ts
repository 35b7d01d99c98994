// Three people with profiles and a live socket each; Ada and Grace have a conversation, Mallory has none with them.

import { randomBytes } from "node:crypto";
import { signUpAndIn, type Account } from "../fixtures/account";
import { VERSION } from "../../core/protocol/version";
import { place } from "../fixtures/place";
import { RawSocket, type Frame } from "../fixtures/raw-socket";

export type Peer = Account & {
  readonly socket: RawSocket;
  readonly device: string;
  readonly handle: string;
};

export const at = place();

export const newId = () => randomBytes(12).toString("base64url");

export const protocolsFor = (accessToken: string) => ["chat.v1", `jwt.${accessToken}`];

export async function arrive(name: string): Promise<Peer> {
  const account = await signUpAndIn(at, name);
  return join(account);
}

/** One more socket of the same person, with a device of its own. */
export async function join(account: Account): Promise<Peer> {
  const socket = await RawSocket.open(at.socketUrl, protocolsFor(account.accessToken));
  const device = newId();
  const welcome = await socket.ask({ action: "hello", device, version: VERSION });
  const known = handleIn(welcome["me"]);
  const handle = known ?? handleIn((await socket.ask({ action: "profile", name: account.name }))["me"]);
  if (!handle) throw new Error("unable to arrive; the profile has no handle");
  return { ...account, socket, device, handle };
}

export async function openConversation(one: Peer, other: Peer): Promise<string> {
  const answer = await one.socket.ask({ action: "open", handle: other.handle });
  const [row] = answer["rows"] as readonly { readonly conversation: string }[];
  if (!row) throw new Error(`unable to open a conversation; ${JSON.stringify(answer)}`);
  return row.conversation;
}

export function message(text: string, id = newId()): Frame {
  return { kind: "message", id, body: { text } };
}

export function send(peer: Peer, conversation: string, after: number, ...entries: Frame[]) {
  return peer.socket.ask({ action: "send", device: peer.device, conversation, after, entries });
}

export const refusal = (answer: Frame) =>
  answer["type"] === "refused" ? answer["code"] : `not refused: ${JSON.stringify(answer)}`;

function handleIn(me: unknown): string | undefined {
  return typeof me === "object" && me && "handle" in me && typeof me.handle === "string"
    ? me.handle
    : undefined;
}
