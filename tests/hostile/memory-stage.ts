import { serveFrame } from "../../core/protocol/serve";
import type { DownFrame } from "../../core/protocol/down";
import { isTold } from "../../core/protocol/told";
import { encodeNotice } from "../../core/protocol/wire";
import { VERSION } from "../../core/protocol/version";
import { connectionIdOf, type UserId } from "../../core/domain/ids";
import { conversationOf } from "../../core/domain/conversation";
import { memoryWorld } from "../../core/testing/memory-world";
import { directName } from "./scene";
import { SILENCE, type Frame, type Seat, type Stage } from "./stage";

export type MemoryStage = Stage & {
  /** Everything that is stored and that everybody was pushed, each as a text. */
  trace(): readonly string[];
  /** What was thrown and is no refusal. */
  readonly bugs: readonly unknown[];
};

const isAnswer = ({ type }: DownFrame): boolean => type === "refused" || type === "ok";

/** The same seed makes the same people, ids and instants: two stages differ by what is said on them. */
export function memoryStage(seed: number): MemoryStage {
  const world = memoryWorld(seed);
  const bugs: unknown[] = [];
  const users: UserId[] = [];
  const sockets: (() => readonly unknown[])[] = [];

  const sit = (name: string) => {
    const user = world.ids.user();
    const connection = connectionIdOf(`socket-of-${name}=`);
    const heard = () => world.push.to(connection).flatMap(encodeNotice);
    /** What was told is answered by a push, if at all: that one is the answer. */
    const pushes = () => heard().filter((frame) => !isAnswer(frame));
    users.push(user);
    sockets.push(pushes);
    const ask = async (frame: Frame): Promise<Frame> => {
      const { log, inbox, connections, watches, people, push, clock, random, pace } = world;
      const ports = { log, inbox, connections, watches, people, push, clock, random, pace };
      const report = (error: unknown) => void bugs.push(error);
      const text = JSON.stringify(frame);
      const before = heard().length;
      const outcome = await serveFrame({ ...ports, report }, { user, connection }, text);
      const answer = isTold(frame["action"]) ? heard().slice(before).find(isAnswer) : outcome;
      return JSON.parse(JSON.stringify(answer ?? SILENCE)) as Frame;
    };
    const pushed = () => pushes().map((frame) => JSON.stringify(frame));
    const device = `device-of-${name}`;
    return { user, device, secrets: [], ask, pushed, name: `${name} canary`, handle: `${name}-canary` };
  };

  const trace = (): readonly string[] => {
    const conversations = users.flatMap((one, place) =>
      users.slice(place + 1).flatMap((other) => conversationOf(directName(one, other), one) ?? []),
    );
    const logs = conversations.flatMap((name) => world.log.entries(name));
    const rows = conversations.flatMap((name) => users.flatMap((user) => world.inbox.peek(user, name) ?? []));
    const pushes = sockets.flatMap((pushed, socket) =>
      pushed().map((frame, place) => ({ socket, place, frame })),
    );
    return [...logs, ...rows, ...pushes].map((each) => JSON.stringify(each));
  };

  return {
    bugs,
    cursor: (conversation) => conversation,
    silentSeat: async (name) => sit(name),
    async seat(name): Promise<Seat> {
      const seat = sit(name);
      await seat.ask({ action: "hello", ref: "hello", device: seat.device, version: VERSION });
      await seat.ask({ action: "profile", ref: "profile", name: seat.name, handle: seat.handle });
      return seat;
    },
    trace,
  };
}
