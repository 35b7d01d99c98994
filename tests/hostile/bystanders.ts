// Two people who talk while others attack. What they hear must be each other, and nothing else.

import { RawSocket, type Frame } from "../fixtures/raw-socket";
import { HERE_EVERY_MS } from "../../core/domain/limits";
import { VERSION } from "../../core/protocol/version";
import type { RemoteCloud } from "./remote-cloud";

export type Person = {
  readonly socket: RawSocket;
  readonly user: string;
  readonly handle: string;
  readonly device: string;
};

export async function arrive(cloud: RemoteCloud, name: string): Promise<Person> {
  const { token, user } = cloud.guest(name);
  const socket = await RawSocket.open(cloud.socketUrl, ["chat.v1", `jwt.${token}`]);
  const device = `device-of-${name}`;
  await socket.ask({ action: "hello", device, version: VERSION });
  const handle = `${name}-canary`;
  await socket.ask({ action: "profile", name: `${name} canary`, handle });
  return { socket, user, handle, device };
}

export async function open({ socket }: Person, { handle }: Person): Promise<string> {
  const { rows } = await socket.ask({ action: "open", handle });
  const [row] = rows as readonly { readonly conversation: string }[];
  if (!row) throw new Error(`unable to open a conversation with ${handle}; there is no row`);
  return row.conversation;
}

export const say = (person: Person, conversation: string, after: number, entry: Frame): Promise<Frame> =>
  person.socket.ask({ action: "send", device: person.device, conversation, after, entries: [entry] });

/** At human speed: one of them says something this often. */
const PAUSE_MS = 500;

export type Talk = {
  readonly latenciesMs: readonly number[];
  /** What they heard or did not hear, once both are silent. */
  finish(): Promise<readonly string[]>;
};

export function talk(ada: Person, grace: Person, conversation: string): Talk {
  const latenciesMs: number[] = [];
  const said: string[] = [];
  const problems: string[] = [];
  let isOver = false;

  const turn = async (number: number): Promise<void> => {
    const [writer, reader] = number % 2 === 1 ? [ada, grace] : [grace, ada];
    const text = `message ${number}`;
    const startedAt = performance.now();
    const id = `bystander-${number}`;
    const answer = await say(writer, conversation, number - 1, { kind: "message", id, body: { text } });
    const heard = ({ type, entries }: Frame) =>
      type === "entries" && (entries as readonly { readonly id: string }[]).some((entry) => entry.id === id);
    await reader.socket.next(heard, text);
    latenciesMs.push(performance.now() - startedAt);
    if (answer["type"] !== "ok") problems.push(`${text} was answered ${JSON.stringify(answer)}`);
    reader.socket.tell({ action: "mark", conversation, delivered: number, read: number });
    said.push(text);
  };
  const stay = setInterval(() => {
    for (const { socket, device } of [ada, grace])
      socket
        .ask({ action: "here", device })
        .catch((error: unknown) =>
          problems.push(`a bystander could not say that it is there: ${String(error)}`),
        );
  }, HERE_EVERY_MS / 2);
  const talking = (async () => {
    for (let number = 1; !isOver; number += 1) {
      await turn(number);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  })().catch((error: unknown) => void problems.push(`a bystander was kept from talking: ${String(error)}`));

  return {
    latenciesMs,
    async finish() {
      isOver = true;
      await talking;
      clearInterval(stay);
      const log = await logOf(ada, conversation);
      const texts = log.map(({ seq, body }) => `${seq} ${body?.text}`);
      const expected = said.map((text, place) => `${place + 1} ${text}`);
      if (texts.join("\n") !== expected.join("\n"))
        problems.push(`their log is not what they have said: ${texts.slice(-3).join(", ")}`);
      for (const person of [ada, grace]) problems.push(...strange(person, conversation));
      return problems;
    },
  };
}

type LogEntry = {
  readonly seq: number;
  readonly kind: string;
  readonly from: string;
  readonly body?: { readonly text: string };
};

export async function logOf({ socket }: Person, conversation: string): Promise<readonly LogEntry[]> {
  const log: LogEntry[] = [];
  for (;;) {
    const after = log.at(-1)?.seq ?? 0;
    const { entries, tail } = await socket.ask({ action: "sync", conversation, after });
    log.push(...(entries as readonly LogEntry[]));
    if ((log.at(-1)?.seq ?? 0) >= Number(tail ?? 0)) return log;
  }
}

/**
 * What this person was pushed and is not of their own conversation. Whom they have blocked may close and open what
 * they themselves have closed: the protocol lets either say so, and it carries no word.
 */
function strange({ socket, handle }: Person, conversation: string): readonly string[] {
  const isOwn = (frame: Frame): boolean => {
    if (frame["type"] === "marks") return frame["conversation"] === conversation;
    if (frame["type"] !== "entries") return false;
    const entries = frame["entries"] as readonly { readonly conversation: string; readonly kind: string }[];
    return entries.every(
      (entry) => entry.conversation === conversation || ["closed", "opened"].includes(entry.kind),
    );
  };
  return socket.received
    .filter((frame) => frame["ref"] === undefined && !isOwn(frame))
    .map((frame) => `${handle} was pushed ${JSON.stringify(frame).slice(0, 300)}`);
}
