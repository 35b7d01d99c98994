// Makes the conversation that the demo opens on. The conversation shows two days, an answer, an edited and a deleted
// message, a reaction, and ticks for read and delivered.
//
//   a day ago       Ada and Grace talk. Ada edits one message and deletes another.
//   a minute ago    Ada and Grace talk again. Ada's last message is delivered and not read.
//
// Both devices are the product's own client. The devices close their sockets between the two halves, because the gateway
// would cut a socket when the clock moves on by a day.

import { createDeviceStore, DemoDevice, type DeviceOptions } from "./demo-device";
import { inThePast } from "./time-travel";
import type { TurnableClock } from "../turnable-clock";

export type Speaker = Omit<DeviceOptions, "now" | "store"> & { readonly handle: string };

export type ConversationWorld = {
  readonly clock: Pick<TurnableClock, "turn" | "now">;
  /** Resolves when the functions that follow the tables have seen everything that was written. */
  readonly settled: () => Promise<void>;
};

const DAY_MS = 86_400_000;
const SECOND_HALF_MS = 60_000;

type Pair = { readonly ada: DemoDevice; readonly grace: DemoDevice };

export async function holdFirstConversation(
  { clock, settled }: ConversationWorld,
  speakers: Readonly<Record<keyof Pair, Speaker>>,
): Promise<void> {
  const stores = { ada: createDeviceStore(), grace: createDeviceStore() };

  const meet = async <T>(act: (pair: Pair) => Promise<T>): Promise<T> => {
    const open = (who: keyof Pair, other: keyof Pair) =>
      DemoDevice.open({ ...speakers[who], now: clock.now, store: stores[who] }, speakers[other].handle);
    const ada = await open("ada", "grace");
    const grace = await open("grace", "ada").catch((error: unknown) => {
      ada.close();
      throw error;
    });
    try {
      return await act({ ada, grace });
    } finally {
      ada.close();
      grace.close();
    }
  };

  // A stream record that the relay still waits for would wait for a day.
  await settled();
  await inThePast(clock, DAY_MS, async ({ forward }) => {
    const deleted = await meet(yesterday);
    // The relay gives up on stream records that are older than an hour, so the clock waits for it.
    await settled();
    forward(DAY_MS - SECOND_HALF_MS);
    await meet((pair) => today(pair, deleted));
    await settled();
  });
}

/** The id of the message whose deletion waits in Ada's outbox. */
async function yesterday({ ada, grace }: Pair) {
  const question = await ada.write("Hi Grace! Are we still on for the harbour at six?");
  await grace.read(question);
  await ada.isRead(question);
  const answer = await grace.write("Yes! I bring the coffee ☕");
  await ada.read(answer);
  await grace.isRead(answer);
  const place = await ada.write("Wonderful. Meet me at the lighthouse.");
  await ada.edit(place, "Wonderful. Meet me at the lighthouse, on the north side.");
  await grace.react(place, "❤️");
  await ada.hasReaction(place);
  const code = await ada.write("The code of the gate is 4711.");
  await grace.read(code);
  await ada.isRead(code);
  await ada.delete(code);
  return code;
}

async function today({ ada, grace }: Pair, deleted: Awaited<ReturnType<typeof yesterday>>) {
  await Promise.all([ada.isDeleted(deleted), grace.isDeleted(deleted)]);
  const thanks = await grace.write("That was the best evening in weeks. Thank you 😊");
  await ada.read(thanks);
  await grace.isRead(thanks);
  const again = await ada.write("It was! Same place next week?");
  await grace.read(again);
  await ada.isRead(again);
  const yes = await grace.write("Count me in.");
  await ada.read(yes);
  await grace.isRead(yes);
  const last = await ada.write("Then write to me here, and watch the ticks.");
  await ada.isReceived(last);
}
