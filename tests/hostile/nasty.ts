// What hostile frames are made of.

import type { Random } from "../../core/domain/ports/clock";
import { below } from "../../core/testing/seeded-random";

export const pick = <T>(random: Random, from: readonly T[]): T => {
  const picked = from[below(random, from.length)];
  if (picked === undefined) throw new RangeError("unable to pick; there is nothing to pick from");
  return picked;
};

export const WORDS: readonly string[] = [
  ...["", " ", "\u0000", "\u0000\u0000\u0000", "\n", "\t", "null", "undefined", "NaN", "true", "0", "-1"],
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "__defineGetter__"],
  ...["\ud800", "\udc00", "a\ud83d", "\ud83dz", "\udfff\ud800", "\ufeff", "\ufffe", "\uffff", "\u2028\u2029"],
  ...[
    "💣",
    "👩‍👩‍👧‍👦",
    "e\u0301",
    "\u202egnp.exe",
    "\u200b\u200d\u2060",
    "İ",
    "ﬃ",
    "ß",
    "𝒜",
    "🇦",
    "👍👍",
    "\u20e3",
  ],
  ...[
    "../..",
    "/etc/passwd",
    "' OR 1=1 --",
    '"}',
    "${7*7}",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "%00",
    "%n%s",
  ],
  ...["d.", "d..", "d.a.b", "r.1", "t.1", "d.x.y.z", "D.A.B", "d.00000000-0000-0000-0000-000000000000."],
  ...["$default", "$connect", "$disconnect", "$context", "#", "u#", "h#", "watch#", "user", "seq", ":", "*"],
  ...[
    "ping",
    "send",
    "hello",
    "HELLO",
    "send ",
    " send",
    "sync\u0000",
    "Infinity",
    "1e400",
    "W10",
    "e30",
    "bnVsbA",
  ],
];

export const NUMBERS: readonly number[] = [
  ...[0, -0, 1, -1, 0.5, -0.5, 1e-320, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2, -(2 ** 53)],
  ...[1e21, 1e100, 1.7976931348623157e308, 5e-324, 20, 21, 500, 501, 1_795_000_000_000],
];

/** As they stand in a text: JSON.stringify would not write them so. */
export const NUMBER_TEXTS: readonly string[] = [
  ...["1e400", "-1e400", "-0", "-0.0", "9007199254740993", "1E+2", "0.1e1", "1e-400", "9".repeat(400)],
  ...["01", "+1", ".5", "1.", "0x10", "1_000", "NaN", "Infinity", "--1", "1e", `0.${"0".repeat(300)}1`],
];

export const LONG: readonly ((length: number) => string)[] = [
  (length) => "x".repeat(length),
  (length) => "\u0000".repeat(length / 6),
  (length) => "💣".repeat(length / 4),
  (length) => "e\u0301".repeat(length / 3),
  (length) => `x${"\u0316".repeat(length / 2)}`,
  (length) => "👨‍👩‍👧‍👦".repeat(length / 25),
  (length) => "\u200b".repeat(length / 3),
  (length) => "\\".repeat(length / 2),
  (length) => "a.".repeat(length / 2),
];

/** Any value of any type, now and then one inside the other. */
export function anything(random: Random, depth = 3): unknown {
  const kinds: readonly (() => unknown)[] = [
    () => null,
    () => random() < 0.5,
    () => pick(random, NUMBERS),
    () => pick(random, WORDS),
    () => word(random),
    () => pick(random, LONG)(below(random, 600)),
    () => (depth === 0 ? [] : Array.from({ length: below(random, 4) }, () => anything(random, depth - 1))),
    () => (depth === 0 ? {} : anyObject(random, depth - 1)),
    () => Array.from({ length: below(random, 40) }, () => 0),
  ];
  return pick(random, kinds)();
}

const anyObject = (random: Random, depth: number) =>
  Object.fromEntries(
    Array.from({ length: below(random, 4) }, () => [pick(random, WORDS), anything(random, depth)]),
  );

/** Code units of every plane, halves of characters among them. */
export const word = (random: Random): string =>
  String.fromCharCode(
    ...Array.from({ length: below(random, 24) }, () =>
      random() < 0.5 ? 32 + below(random, 95) : below(random, 0x10000),
    ),
  );
