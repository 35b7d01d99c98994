// What a member of the same conversation can say who has a token and no manners (N19).

import type { ConversationId } from "../../../core/domain/ids";
import type { Random } from "../../../core/domain/ports/clock";
import { below } from "../../../core/testing/seeded-random";
import { oneOf } from "./chances";
import type { Cast } from "./cast";
import type { World } from "./world";

type Frame = object | string;
/** What an attacker knows, of whichever layer. */
export type Attacked = Pick<Cast, "ada" | "mallory" | "talk" | "other">;
export type AttackWorld = {
  readonly backend: {
    readonly log: {
      readonly entries: (
        conversation: ConversationId,
      ) => readonly { readonly seq: number; readonly id: string; readonly from: string }[];
    };
  };
};
type Attack = (world: AttackWorld, cast: Attacked, random: Random, index: number) => Frame;

const DEVICE = "mallory-raw";
const message = (id: string, text: string) => ({ kind: "message", id, body: { text } });
const newest = (world: AttackWorld, { other }: Attacked) => world.backend.log.entries(other).at(-1)?.seq ?? 0;

const send = (conversation: string, after: number, ...entries: readonly object[]): object => ({
  action: "send",
  conversation,
  device: DEVICE,
  after,
  entries,
});

export const ATTACKS: readonly Attack[] = [
  // Into a conversation of others, and out of it.
  (_, { talk }, __, index) => send(talk, 0, message(`hostile-${index}`, "let me in")),
  (_, { talk }) => ({ action: "sync", conversation: talk, after: 0 }),
  (_, { talk }) => ({ action: "history", conversation: talk, seq: 1 }),
  (_, { talk }) => ({ action: "mark", conversation: talk, delivered: 1_000, read: 1_000 }),
  (_, { talk }) => ({ action: "typing", conversation: talk, typing: true }),
  (_, { talk }) => ({ action: "watch", conversation: talk }),
  // As somebody else.
  (world, cast, _, index) => ({
    ...send(cast.other, newest(world, cast), message(`hostile-${index}`, "as Ada")),
    from: cast.ada,
  }),
  (_, { talk, ada }, __, index) => ({
    ...send(talk, 0, message(`hostile-${index}`, "as Ada to Grace")),
    from: ada,
  }),
  // Under an id that is somebody else's, or was one's own already.
  (world, cast, random) => {
    const seen = world.backend.log.entries(cast.other).slice(-20);
    const own = seen.filter(({ from }) => from === cast.ada);
    const { id, seq } = oneOf(random, own.length > 0 ? own : seen);
    return send(cast.other, Math.max(0, seq - 1), message(id, "under your id"));
  },
  (world, cast) => {
    const own = world.backend.log.entries(cast.other).find(({ from }) => from === cast.mallory);
    return send(cast.other, 0, message(own?.id ?? "hostile-first", "under my own id again"));
  },
  // On what is somebody else's.
  (world, cast, random, index) => {
    const target = below(random, newest(world, cast) + 2);
    const draft = { kind: "edit", id: `hostile-${index}`, target, body: { text: "you never said so" } };
    return send(cast.other, newest(world, cast), draft);
  },
  (world, cast, random, index) => {
    const target = below(random, newest(world, cast) + 2);
    return send(cast.other, newest(world, cast), { kind: "delete", id: `hostile-${index}`, target });
  },
  // Numbers that claim too much, or are none.
  (world, cast) => ({ action: "mark", conversation: cast.other, delivered: newest(world, cast) + 999 }),
  (_, { other }, __, index) => send(other, 999_999, message(`hostile-${index}`, "from the future")),
  (_, { other }, __, index) => send(other, -1, message(`hostile-${index}`, "from before")),
  (_, { other }) => ({ action: "sync", conversation: other, after: 1.5 }),
  (_, { other }) => `{"action":"mark","ref":"r","conversation":"${other}","delivered":1e400}`,
  // No frames at all.
  () => "",
  () => "[]",
  () => "null",
  () => '{"action":"constructor","ref":"r"}',
  () => '{"__proto__":{"action":"sync"},"ref":"r"}',
  () => `{"action":"send","ref":"${"x".repeat(5_000)}"}`,
  () => "[".repeat(3_000),
  () => '{"action":"hello","ref":"\ud800"}',
  (_, { other }, __, index) => send(other, 0, message(`hostile-${index}`, "x".repeat(9_000))),
];

export function attack(world: World, cast: Cast, random: Random, index: number): void {
  cast.raw.say(oneOf(random, ATTACKS)(world, cast, random, index));
  world.weather.tell("N19", "a hostile frame");
}
