// Messages and nothing else: two people who look at the conversation, no key that is told of, no pause long enough
// to bump an inbox row. What the frames that send them use is what a message costs.

import type { Usage } from "../../local/meter/usage";
import type { Person } from "./person";
import type { Stage } from "./stage";

/**
 * Further apart than the window of the rate limit, which reads more in a lively conversation; and all of them in
 * under an hour, so that the rows are bumped before them and not again. */
const MESSAGES = 20;
const EVERY_MS = 12_000;
const STARTED_MS = 5_000;

export type PlainMessages = { readonly count: number; readonly usage: Usage };

export async function sendPlainMessages(
  stage: Stage,
  [sender, reader]: readonly [Person, Person],
): Promise<PlainMessages> {
  sender.arrive();
  reader.arrive();
  await stage.time.run(STARTED_MS);
  // A log's first message leaves it to the second to bump the rows again (core/domain/append.ts).
  for (const text of ["the one that bumps the rows", "the one after it"]) {
    await sender.say(text);
    await stage.time.run(EVERY_MS);
  }
  stage.resetMeter();
  for (let count = 1; count <= MESSAGES; count += 1) {
    await sender.say(`message ${count} of an ordinary length, as people write them`);
    await stage.time.run(EVERY_MS);
  }
  const usage = stage.cloud.meter.snapshot();
  sender.leave();
  reader.leave();
  await stage.time.run(STARTED_MS);
  return { count: MESSAGES, usage };
}
