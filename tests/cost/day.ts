// A fixed day of two people who talk with each other, both the same: 40 messages sent and 40 read, six sessions of
// half an hour, typing, with the page in front of them. Ten minutes of each session one of them is there alone.
//
//   minute   0 ......... 10 ............................... 30 ......... 40
//   Ada      arrives     |                                  leaves
//                3: two  |    12: half of them   22: half    |
//   Grace                arrives                            |  33: two   leaves
//
// The first message of a session finds the inbox rows older than an hour, so a session bumps them once: the first
// session too, for the day begins an hour after whatever was before.

import { BUMP_EVERY_MS } from "../../core/domain/limits";
import { below, seededRandom } from "../../core/testing/seeded-random";
import type { Person } from "./person";
import type { Stage } from "./stage";

const MINUTE_MS = 60_000;

/** Messages of each person, session by session: 40. */
const MESSAGES = [7, 7, 7, 7, 6, 6];
/** A little less than half an hour, so that the last minute is not a matter of milliseconds. */
const STAY_MS = 30 * MINUTE_MS - 5_000;
const ALONE_MS = 10 * MINUTE_MS;
const BETWEEN_MS = 90 * MINUTE_MS;
const WRITTEN_ALONE = 2;
/** Reading, and thinking of an answer. */
const PAUSE_MS = { least: 2_000, most: 12_000 };

export const DAY = {
  people: 2,
  sessions: MESSAGES.length,
  messagesEach: MESSAGES.reduce((sum, count) => sum + count, 0),
  /** Of those, what is written while the other is there. */
  togetherEach: MESSAGES.reduce((sum, count) => sum + count - WRITTEN_ALONE, 0),
  /** Grace has read all; what she writes when Ada has gone waits for the next day. */
  unreadAtTheEnd: [0, WRITTEN_ALONE],
  hoursEach: (MESSAGES.length * 30) / 60,
} as const;

export async function liveADay(
  stage: Stage,
  [ada, grace]: readonly [Person, Person],
  seed: number,
): Promise<void> {
  const random = seededRandom(seed);
  const { time } = stage;
  await time.run(BUMP_EVERY_MS);
  const pause = () => time.run(PAUSE_MS.least + below(random, PAUSE_MS.most - PAUSE_MS.least));
  const speak = async (speaker: Person) => {
    await speaker.write(sentence(random));
    await pause();
  };
  const speakInTurn = async (each: number) => {
    // Two in a row now and then, as people do.
    const turns = [ada, ada, grace, grace, ada, grace, ada, grace].slice(0, 2 * each);
    for (const speaker of balanced(turns, ada, grace)) await speak(speaker);
  };

  for (const messages of MESSAGES) {
    const begin = time.now();
    const until = (atMs: number) => time.run(Math.max(0, begin + atMs - time.now()));
    const together = messages - WRITTEN_ALONE;
    const early = Math.ceil(together / 2);

    ada.arrive();
    await until(3 * MINUTE_MS);
    for (let count = 0; count < WRITTEN_ALONE; count += 1) await speak(ada);
    await until(ALONE_MS);
    grace.arrive();
    await until(12 * MINUTE_MS);
    await speakInTurn(early);
    await until(22 * MINUTE_MS);
    await speakInTurn(together - early);
    await until(STAY_MS);
    ada.leave();
    await until(33 * MINUTE_MS);
    for (let count = 0; count < WRITTEN_ALONE; count += 1) await speak(grace);
    await until(ALONE_MS + STAY_MS);
    grace.leave();
    await until(ALONE_MS + STAY_MS + BETWEEN_MS);
  }
}

/** As many of the one as of the other, whatever the pattern was cut to. */
function balanced(turns: readonly Person[], one: Person, other: Person): readonly Person[] {
  const half = turns.length / 2;
  const ones = turns.filter((person) => person === one).length;
  if (ones === half) return turns;
  return [...turns.slice(0, -1), ones > half ? other : one];
}

const WORDS = "yes no maybe tomorrow the train is late again did you see what she wrote I think so".split(
  " ",
);

/** Twelve to ninety characters, forty on average: what people send each other. */
function sentence(random: () => number): string {
  const words = 3 + below(random, 12);
  return Array.from({ length: words }, () => WORDS[below(random, WORDS.length)]).join(" ");
}
