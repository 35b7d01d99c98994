// Hostile frames, each made from a seed and its number alone, so that one of a million can be sent again by itself.

import type { Random } from "../../core/domain/ports/clock";
import { FRAME_BYTES } from "../../core/domain/limits";
import { UP } from "../../core/protocol/up";
import { VERSION } from "../../core/protocol/version";
import { below, seededRandom } from "../../core/testing/seeded-random";
import { fill, formsOf, type Form, type Place } from "./forms";
import type { Kind } from "./kinds";
import { anything, LONG, NUMBER_TEXTS, pick, word, WORDS } from "./nasty";

/** What there is to name in this run, one's own and others'. The first of each is one's own. */
export type Known = Readonly<
  Record<"conversation" | "entry" | "device" | "handle" | "cursor", readonly string[]>
>;

/** `parts`: of one message, each a frame of its own. */
export type Hostile = {
  readonly number: number;
  readonly about: string;
  readonly parts: readonly Buffer[];
};

export const MOST_FRAME_BYTES = 32 * 1024;

const FORMS = Object.entries(UP).flatMap(([route, schema]) => formsOf(schema, route));

export const randomOf = (seed: number, number: number): Random =>
  seededRandom((Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b)) >>> 0);

type Maker = (random: Random, known: Known, ref: string) => string;

/** How many of a hundred. Most never come as far as the database, as an attacker's would. */
const MAKERS: readonly (readonly [number, string, Maker])[] = [
  [34, "a right frame with one wrong thing", spoiled],
  [14, "a right frame that says something nasty", meant],
  [6, "a right frame with a field too many", withMore],
  [8, "a right frame with one text replaced", surgery],
  [10, "a right frame, cut or garbled", garbled],
  [6, "a right frame with a key twice", doubled],
  [4, "deep nesting", nested],
  [8, "JSON that is no frame", (random) => JSON.stringify(anything(random))],
  [7, "no JSON", (random) => `${word(random)}${pick(random, WORDS)}${word(random)}`],
  [2, "a frame about as long as one may be", long],
  [1, "an action that nobody has heard of", unheardOf],
];

export function hostileFrame(seed: number, number: number, known: Known): Hostile {
  const random = randomOf(seed, number);
  const [about, text] = made(random, known, `f${number}`);
  const bytes = Buffer.from(text.slice(0, 4 * MOST_FRAME_BYTES));
  const whole = bytes.subarray(0, MOST_FRAME_BYTES);
  if (random() < 0.97) return { number, about, parts: [whole] };
  return { number, about: `${about}, in pieces`, parts: pieces(random, whole) };
}

function made(random: Random, known: Known, ref: string): readonly [string, string] {
  let chance = random() * 100;
  for (const [share, about, make] of MAKERS) {
    chance -= share;
    if (chance < 0) return [about, make(random, known, ref)];
  }
  return ["nothing at all", ""];
}

/** Cut anywhere, in the middle of a character too; an empty piece is a piece. */
function pieces(random: Random, bytes: Buffer): readonly Buffer[] {
  const cuts = Array.from({ length: 1 + below(random, 6) }, () => below(random, bytes.length + 1));
  const ends = [...cuts, bytes.length].sort((one, other) => one - other);
  return ends.map((end, place) => bytes.subarray(ends[place - 1] ?? 0, end));
}

function right(random: Random, known: Known, ref: string): unknown {
  return fill(pick(random, FORMS), (place) => rightly(place, random, known, ref));
}

function rightly({ kind }: Place, random: Random, known: Known, ref: string): unknown {
  const says: Readonly<Record<Kind, () => unknown>> = {
    conversation: () => pick(random, known.conversation),
    entry: () => (random() < 0.5 ? `entry-${ref}` : pick(random, known.entry)),
    seq: () => below(random, 12),
    device: () => pick(random, known.device),
    handle: () => pick(random, known.handle),
    cursor: () => pick(random, known.cursor),
    ref: () => ref,
    name: () => "Mallory",
    text: () => "hello?",
    emoji: () => "👍",
    version: () => VERSION,
    flag: () => random() < 0.5,
  };
  return says[kind]();
}

/** Nothing is wrong with its form; what it says is for the domain to judge. */
function meant(random: Random, known: Known, ref: string): string {
  const frame = fill(pick(random, FORMS), (place) => {
    const isText = !["seq", "version", "flag", "ref"].includes(place.kind);
    const nasty = isText && random() < 0.4;
    return nasty ? pick(random, [pick(random, WORDS), word(random)]) : rightly(place, random, known, ref);
  });
  return JSON.stringify(frame);
}

function spoiled(random: Random, known: Known, ref: string): string {
  const form: Form = pick(random, FORMS);
  const frame = fill(form, (place) => rightly(place, random, known, ref));
  const spots = spotsIn(frame);
  const { holder, key } = pick(random, spots);
  const spoil = pick(random, ["replaced", "replaced", "replaced", "missing", "wrapped", "many"]);
  const before: unknown = Reflect.get(holder, key);
  if (spoil === "missing") Reflect.deleteProperty(holder, key);
  else if (spoil === "wrapped") Reflect.set(holder, key, random() < 0.5 ? [before] : { [key]: before });
  else if (spoil === "many")
    Reflect.set(
      holder,
      key,
      Array.from({ length: 25 }, () => before),
    );
  else Reflect.set(holder, key, anything(random));
  return JSON.stringify(frame);
}

type Spot = { readonly holder: object; readonly key: string };

function spotsIn(value: unknown): readonly Spot[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((key) => [{ holder: value, key }, ...spotsIn(Reflect.get(value, key))]);
}

function withMore(random: Random, known: Known, ref: string): string {
  const frame = right(random, known, ref);
  const { holder } = pick(random, spotsIn(frame));
  const key = pick(random, [
    "from",
    "user",
    "connection",
    "at",
    "seq",
    "tally",
    "state",
    ...WORDS.slice(12, 19),
  ]);
  Object.defineProperty(holder, key, { value: anything(random), enumerable: true, configurable: true });
  return JSON.stringify(frame);
}

/** In place of one value: what JSON.stringify would never write. */
function surgery(random: Random, known: Known, ref: string): string {
  const text = JSON.stringify(right(random, known, ref));
  const instead = pick(random, [
    ...NUMBER_TEXTS,
    '"\\ud800"',
    '"\\udc00\\ud800"',
    '"\\u0000"',
    "[[]]",
    '{"__proto__":{"a":1}}',
  ]);
  const values = [...text.matchAll(/:("(?:[^"\\]|\\.)*"|\d+|true|false)/g)];
  const { index, 1: value = "" } = pick(random, values);
  return `${text.slice(0, index + 1)}${instead}${text.slice(index + 1 + value.length)}`;
}

function garbled(random: Random, known: Known, ref: string): string {
  const text = JSON.stringify(right(random, known, ref));
  const at = below(random, text.length);
  const garble = pick(random, [
    text.slice(0, at),
    text.slice(at),
    `${text.slice(0, at)}${word(random)}${text.slice(at)}`,
    `${text.slice(0, at)}${text.slice(at + 1)}`,
    `${text}${text}`,
    `\ufeff${text}`,
    `[${text}]`,
    ` \n\t${text}\r\n`,
    text.replaceAll('"', "'"),
    `${text},`,
    `/* */${text}`,
  ]);
  return garble;
}

function doubled(random: Random, known: Known, ref: string): string {
  const text = JSON.stringify(right(random, known, ref));
  const key = pick(random, ["ref", "action", "conversation", "__proto__", "after", "entries", "toString"]);
  const more = `"${key}":${JSON.stringify(anything(random, 1))}`;
  return random() < 0.5 ? `{${more},${text.slice(1)}` : `${text.slice(0, -1)},${more}}`;
}

/** Two thousand levels at least: some readers of JSON would fall over. */
function nested(random: Random, known: Known, ref: string): string {
  const depth = 2_000 + below(random, 4_000);
  const [open, close] = pick(random, [
    ["[", "]"],
    ['{"a":', "}"],
  ] as const);
  const deep = `${open.repeat(depth)}1${close.repeat(depth)}`;
  if (random() < 0.3) return deep;
  const text = JSON.stringify(right(random, known, ref));
  return `${text.slice(0, -1)},${pick(random, ['"deep"', '"ref"', '"action"', '"conversation"'])}:${deep}}`;
}

/** Right around 28,000 bytes, the protocol's limit, and at the gateway's 32 KB to the byte. */
function long(random: Random, known: Known, ref: string): string {
  const frame = right(random, known, ref);
  const bytes = pick(random, [FRAME_BYTES - 1, FRAME_BYTES, FRAME_BYTES + 1, MOST_FRAME_BYTES]);
  const { holder, key } = pick(random, spotsIn(frame));
  Reflect.set(holder, key, "");
  const room = bytes - Buffer.byteLength(JSON.stringify(frame));
  Reflect.set(holder, key, random() < 0.5 ? "x".repeat(Math.max(0, room)) : pick(random, LONG)(room / 2));
  return JSON.stringify(frame);
}

function unheardOf(random: Random, known: Known, ref: string): string {
  const letters = Array.from({ length: 1 + below(random, 30) }, () => 97 + below(random, 26));
  return JSON.stringify({
    action: String.fromCharCode(...letters),
    ref,
    conversation: known.conversation[0],
  });
}
