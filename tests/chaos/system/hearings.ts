// Every entry is due on every device of both members but the one that wrote it: which have come, and how long after the
// writer had its answer. A push to a socket that is being replaced may go down with it; then the tail in the new one's
// welcome has told of it, and the page that follows brings it.

import { frameOf, type Frame } from "../checker/frame";
import type { History } from "../history/event";
import type { Device } from "./device";

export type Hearings = {
  readonly messages: number;
  readonly due: number;
  /** When, on which device, and what. */
  readonly missed: readonly string[];
  readonly slowestMs: number;
};

type Place = { readonly conversation: string; readonly seq: number };
type Answered = Place & { readonly by: string; readonly at: number };

const keyOf = (device: string, { conversation, seq }: Place) => `${device} ${conversation} ${seq}`;

export function hearingsIn(devices: readonly Pick<Device, "name" | "user">[], history: History): Hearings {
  const heardAt = new Map<string, number>();
  const answered: Answered[] = [];
  /** What each question was about. */
  const asked = new Map<string, string>();
  for (const event of history) {
    if (event.is !== "up" && event.is !== "heard") continue;
    const frame = frameOf(event.text);
    const question = `${event.socket} ${frame?.ref ?? ""}`;
    if (event.is === "up") asked.set(question, frame?.conversation ?? "");
    for (const key of event.is === "heard" ? told(event.tab, frame) : [])
      heardAt.set(key, heardAt.get(key) ?? event.at);
    for (const { seq } of frame?.appended ?? [])
      answered.push({ conversation: asked.get(question) ?? "", seq, by: event.tab, at: event.at });
  }
  const owed = answered.flatMap((one) =>
    devices
      .filter(({ name, user }) => name !== one.by && one.conversation.split(".").includes(user))
      .map(({ name }) => ({ at: one.at, key: keyOf(name, one), heardAt: heardAt.get(keyOf(name, one)) })),
  );
  return {
    messages: answered.length,
    due: owed.length,
    missed: owed.filter((one) => one.heardAt === undefined).map(({ key, at }) => `${at} ${key}`),
    slowestMs: owed.reduce((most, one) => Math.max(most, (one.heardAt ?? one.at) - one.at), 0),
  };
}

const told = (tab: string, frame: Frame | undefined): readonly string[] =>
  frame?.name === "entries" || frame?.name === "page" ? frame.entries.map((entry) => keyOf(tab, entry)) : [];
