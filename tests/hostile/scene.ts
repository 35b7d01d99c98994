// Two people who have talked, and those who would like to know of what.

import type { Frame, Seat, Stage } from "./stage";

/** How an attacker stands to Ada and Grace. */
export type Attacker = {
  readonly standing: string;
  readonly seat: Seat;
  /** A conversation that is the attacker's own as far as there is one. */
  readonly own: string;
  /** Who is in it with them: what this one has said there, the attacker may know. */
  readonly peer: Seat;
  readonly peersEntry: string;
  /** Conversations that the attacker's own name would admit them to, and of which they may not hear. */
  readonly unheard: readonly (readonly [string, string])[];
  /** What may not be in any frame that comes to them. */
  readonly secrets: readonly string[];
};

export type Scene = {
  readonly ada: Seat;
  readonly grace: Seat;
  readonly everyone: readonly Seat[];
  readonly theirs: Talk;
  /** A handle that Grace had for a moment and holds: those who do not talk with her may not reach her by it. */
  readonly gracesFormer: string;
  readonly attackers: readonly Attacker[];
};

export type Talk = {
  readonly conversation: string;
  readonly activeAt: number;
  readonly entryIds: readonly string[];
  readonly texts: readonly string[];
  /** Slots worth asking about: of a message that was edited, reacted to and read, of a deleted one, the last. */
  readonly seqs: readonly number[];
};

/** Not a word that anybody would say by chance. */
const canary = (what: string) => `canary-${what}-5f0e7c`;

export async function setTheScene(stage: Stage): Promise<Scene> {
  const [ada, grace, peggy] = [await stage.seat("ada"), await stage.seat("grace"), await stage.seat("peggy")];
  const gracesFormer = "former-handle-of-grace";
  for (const handle of [gracesFormer, grace.handle])
    await agreed(grace, { action: "profile", name: grace.name, handle });
  const theirs = await talkOf(ada, grace);

  const mallory = await stage.seat("mallory");
  const mallorys = await shortTalk(mallory, peggy);
  const carol = await stage.seat("carol");
  const carols = await shortTalk(carol, ada);
  const bob = await stage.seat("bob");
  const bobs = await shortTalk(bob, ada);
  await append(ada, bobs.conversation, { kind: "closed", id: "ada-closes-bob" });
  const dave = await stage.seat("dave");
  const daves = await open(ada, dave.handle);
  await append(ada, daves, { kind: "closed", id: "ada-closes-dave" });
  const eve = await stage.silentSeat("eve");
  for (const { handle } of [mallory, carol, bob, dave]) await open(grace, handle);

  const secretOf = (seat: Seat) => [seat.user, seat.name, seat.handle, seat.device, ...seat.secrets];
  const secrets = [...theirs.texts, ...theirs.entryIds, ...secretOf(grace), ...ada.secrets];
  /** Whoever talks with Ada knows who she is, and her device by what she has written on it. */
  const withoutAda = [...secrets, ...secretOf(ada)];
  const graceAndI = (seat: Seat) => ["with Grace, who opened it", directName(seat.user, grace.user)] as const;
  const [adaAnd, nobody] = [
    { peer: ada },
    { own: directName(eve.user, peggy.user), peersEntry: "an-entry-of-nobody" },
  ];
  const attackers: readonly Attacker[] = [
    {
      ...{ standing: "a stranger", seat: mallory, own: mallorys.conversation, peer: peggy },
      ...{ peersEntry: mallorys.entryId, secrets: withoutAda },
      unheard: [graceAndI(mallory), ["with Ada", directName(mallory.user, ada.user)]],
    },
    {
      ...{ standing: "somebody else whom Ada talks with", seat: carol, own: carols.conversation, ...adaAnd },
      ...{ peersEntry: carols.entryId, secrets, unheard: [graceAndI(carol)] },
    },
    {
      ...{ standing: "somebody whom Ada has blocked", seat: bob, own: bobs.conversation, ...adaAnd },
      ...{ peersEntry: bobs.entryId, secrets, unheard: [graceAndI(bob)] },
    },
    {
      ...{
        standing: "somebody whom Ada has blocked before the first word",
        seat: dave,
        own: daves,
        ...adaAnd,
      },
      ...{ peersEntry: "ada-closes-dave", secrets, unheard: [graceAndI(dave)] },
    },
    {
      ...{ standing: "a socket that has not said hello", seat: eve, ...nobody, peer: peggy },
      ...{ secrets: withoutAda, unheard: [["with Ada", directName(eve.user, ada.user)]] },
    },
  ];
  return {
    ada,
    grace,
    everyone: [ada, grace, peggy, mallory, carol, bob, dave, eve],
    theirs,
    gracesFormer,
    attackers,
  };
}

/** Whose name admits these two, whether or not it has ever been. */
export const directName = (one: string, other: string) => `d.${[one, other].sort().join(".")}`;

async function talkOf(ada: Seat, grace: Seat): Promise<Talk> {
  const conversation = await open(ada, grace.handle);
  const texts = ["first", "second", "gone", "edited", "last"].map(canary);
  const [first = "", second = "", gone = "", edited = "", last = ""] = texts;
  const said: readonly (readonly [Seat, Frame])[] = [
    [ada, { kind: "message", id: canary("e1"), body: { text: first } }],
    [grace, { kind: "message", id: canary("e2"), body: { text: second } }],
    [grace, { kind: "message", id: canary("e3"), body: { text: gone } }],
    [ada, { kind: "edit", id: canary("e4"), target: 1, body: { text: edited } }],
    [grace, { kind: "reaction", id: canary("e5"), target: 1, emoji: "👍" }],
    [grace, { kind: "delete", id: canary("e6"), target: 3 }],
    [ada, { kind: "message", id: canary("e7"), body: { text: last } }],
  ];
  for (const [seat, entry] of said) await append(seat, conversation, entry);
  await agreed(grace, { action: "mark", conversation, delivered: 7, read: 2 });
  const { rows } = await agreed(grace, { action: "inbox" });
  const [row] = rows as readonly { readonly activeAt: number }[];
  const entryIds = said.map(([, entry]) => String(entry["id"]));
  return { conversation, activeAt: row?.activeAt ?? 0, entryIds, texts, seqs: [0, 1, 3, 7] };
}

/** Three entries, so that the slots above are nobody's here and Ada's and Grace's there. */
async function shortTalk(one: Seat, other: Seat) {
  const conversation = await open(one, other.handle);
  const entryId = `peer-${other.device}`.slice(0, 40);
  await append(one, conversation, { kind: "message", id: "hello-one", body: { text: "hello" } });
  await append(other, conversation, { kind: "message", id: entryId, body: { text: "hello yourself" } });
  await append(one, conversation, { kind: "message", id: "hello-three", body: { text: "how are you?" } });
  return { conversation, entryId };
}

async function open(seat: Seat, handle: string): Promise<string> {
  const { rows } = await agreed(seat, { action: "open", handle });
  const [row] = rows as readonly { readonly conversation: string }[];
  if (!row) throw new Error(`unable to open a conversation with ${handle}; there is no row`);
  return row.conversation;
}

const append = (seat: Seat, conversation: string, entry: Frame) =>
  agreed(seat, { action: "send", conversation, device: seat.device, after: 0, entries: [entry] });

async function agreed(seat: Seat, frame: Frame): Promise<Frame> {
  const answer = await seat.ask({ ref: `scene-${String(frame["action"])}`, ...frame });
  if (answer["type"] !== "refused") return answer;
  throw new Error(`unable to set the scene; ${JSON.stringify(frame)} was answered ${JSON.stringify(answer)}`);
}
