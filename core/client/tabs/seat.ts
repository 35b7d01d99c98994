// Whether this tab leads or follows. Its screens see the same board either way, and ask through the same door.
//
//                       led                        lost, outranked
//   away ──▶ following ─────▶ leading ──────────────────────────────▶ following
//    ▲          │  ▲             │
//    │          └──┘ silent:     │ the page is frozen, or kept for the back button
//    │               seize       ▼
//    └──── awake again ◀──── away            gone: somebody signed out ──▶ over
//
// A tab that goes away gives the lead back at once: a frozen one would hold it and do nothing. It begins nothing more in
// the store either: a browser that keeps the page keeps an unfinished transaction with it, and every other tab waits for
// its end. What waits in this tab is therefore claimed when it wakes.

import type { ConversationId } from "../../domain/ids";
import type { Board } from "../board";
import type { DeviceAsked, DevicePorts, RunningDevice } from "../device";
import { createDevice } from "../device";
import { passed } from "../patience";
import type { Neighbours } from "../ports/neighbours";
import { withTimeLimit } from "../store-time-limit";
import { promptTimers } from "./prompt-timers";
import { createRemoteDevice, type RemoteDevice } from "./remote-device";
import { createServing, type Serving } from "./serving";
import type { Asked } from "./tab-messages";

export type SeatPorts = DevicePorts & { readonly neighbours: Neighbours };

type Role =
  | { readonly is: "over" }
  /** `led`: it led until then, and what waits here the next leader may not know. */
  | { readonly is: "away"; readonly led: boolean }
  | { readonly is: "following"; readonly giveUp: () => void }
  | {
      readonly is: "leading";
      readonly device: RunningDevice;
      readonly serving: Serving;
      readonly giveBack: () => void;
    };

export type Seat = Pick<RemoteDevice, "ask" | "outbox" | "pump"> & {
  /** Resolves when there is something to show. */
  start(): Promise<void>;
  stop(): void;
  wipe(): Promise<void>;
  look(conversation: ConversationId | undefined): void;
};

/** How long a tab that signs out waits for the one that leads to let go of the store. */
const LETTING_GO_MS = 1_000;

export function createSeat(given: SeatPorts, board: Board): Seat {
  const ports = { ...given, store: withTimeLimit(given.store, given.timers) };
  const { neighbours, surroundings, timers } = ports;
  const tab = ports.ids();
  let role: Role = { is: "away", led: false };
  let looking: ConversationId | undefined;
  const movements = new Set<() => void>();
  const moved = () => {
    for (const movement of [...movements]) movement();
  };

  const remote = createRemoteDevice({
    ...ports,
    tab,
    board,
    looking: () => looking,
    silent: () => follow({ seize: true }),
    gone: () => end({ is: "stopped", why: "signed-out" }),
  });

  function follow({ seize }: { readonly seize: boolean }): void {
    if (role.is === "following") role.giveUp();
    let isOver = false;
    const giveBack = neighbours.lead(
      {
        led: () => !isOver && lead(giveUp),
        lost: () => !isOver && fallBack(),
      },
      { seize },
    );
    const giveUp = () => {
      isOver = true;
      giveBack();
    };
    if (role.is !== "following") remote.join();
    role = { is: "following", giveUp };
  }

  function lead(giveBack: () => void): void {
    if (role.is !== "following") return giveBack();
    remote.part();
    const prompt = promptTimers(timers);
    const device = createDevice({ ...ports, timers: prompt, surroundings: everywhere }, board);
    const serving = createServing({
      tab,
      term: remote.nextTerm(),
      board,
      device,
      neighbours,
      moved: () => {
        lookEverywhere();
        moved();
        releaseUnseen();
      },
      prod: prompt.prod,
      outranked: fallBack,
      gone: () => end({ is: "stopped", why: "signed-out" }),
    });
    role = { is: "leading", device, serving, giveBack };
    lookEverywhere();
    const started = device.start();
    remote.handOver(device);
    void started.then(opened);
  }

  function isSeen(): boolean {
    if (surroundings.awake() && surroundings.visible()) return true;
    return role.is === "leading" && role.serving.isSeen();
  }

  function releaseUnseen(): void {
    if (role.is === "leading" && !isSeen()) role.device.release();
  }

  /** The device is there for all tabs: it looks where any of them looks, and is seen where any is. */
  const everywhere = {
    ...surroundings,
    visible: isSeen,
    subscribe: (onChange: () => void) => {
      movements.add(onChange);
      const unsubscribe = surroundings.subscribe(onChange);
      return () => {
        movements.delete(onChange);
        unsubscribe();
      };
    },
  };

  function lookEverywhere(): void {
    if (role.is !== "leading") return;
    const all = new Set([...(looking ? [looking] : []), ...role.serving.looked()]);
    role.device.look([...all]);
  }

  function letGo(): void {
    const led = role.is === "leading";
    if (role.is === "leading") {
      role.serving.stop();
      role.device.stop();
      role.giveBack();
    } else if (role.is === "following") {
      remote.part();
      role.giveUp();
    }
    if (role.is !== "over") role = { is: "away", led };
  }

  function fallBack(): void {
    if (role.is !== "leading") return;
    letGo();
    remote.claim();
    follow({ seize: false });
  }

  function end(connection: Parameters<Board["set"]>[0]["connection"]): void {
    letGo();
    role = { is: "over" };
    board.set({ owner: undefined, ...(connection && { connection }) });
    board.timelines.clear();
  }

  function onSurroundings(): void {
    if (role.is === "over") return;
    // First of all: a page that goes away has no line a moment later.
    releaseUnseen();
    if (surroundings.awake() === (role.is !== "away")) return remote.moved();
    if (role.is === "away") {
      if (role.led) remote.claim();
      return follow({ seize: false });
    }
    letGo();
    board.set({ connection: { is: "connecting" } });
  }

  let opened = () => {};
  let unsubscribe = () => {};
  return {
    start: () => {
      const isOpen = new Promise<void>((resolve) => (opened = resolve));
      const unfollow = board.follow(() => {
        if (!board.state().opened) return;
        unfollow();
        opened();
      });
      unsubscribe = surroundings.subscribe(onSurroundings);
      follow({ seize: false });
      return isOpen;
    },
    stop: () => {
      unsubscribe();
      letGo();
      role = { is: "over" };
    },
    wipe: async () => {
      neighbours.post({ is: "gone" });
      unsubscribe();
      const last = role;
      end(undefined);
      if (last.is === "leading") return last.device.wipe();
      if (last.is === "following") await letGoElsewhere();
      await ports.store.wipe();
    },
    look: (conversation) => {
      looking = conversation;
      lookEverywhere();
      remote.moved();
    },
    ask: (what, by) => (role.is === "leading" ? askHere(role.device, what, by) : remote.ask(what, by)),
    outbox: {
      message: (conversation, id) => door().outbox.message(conversation, id),
      forget: (conversation, id) => door().outbox.forget(conversation, id),
    },
    pump: (conversation) => door().pump(conversation),
  };

  function door(): Pick<RemoteDevice, "outbox" | "pump"> {
    return role.is === "leading" ? role.device : remote;
  }

  /** The tab that leads gives the lead back once it has let go. */
  async function letGoElsewhere(): Promise<void> {
    const isFree = new Promise<void>((resolve) => {
      const giveBack = neighbours.lead(
        {
          led: () =>
            void Promise.resolve()
              .then(() => giveBack())
              .then(resolve),
          lost: () => {},
        },
        { seize: false },
      );
    });
    await Promise.race([isFree, passed(timers, LETTING_GO_MS)]);
  }
}

async function askHere<A extends Asked>(
  device: DeviceAsked,
  what: A,
  by: Parameters<DeviceAsked[A]>,
): Promise<Awaited<ReturnType<DeviceAsked[A]>>> {
  // `by` are the parameters of `what`, which the compiler does not follow through the union.
  const act = device[what] as (...by: Parameters<DeviceAsked[A]>) => ReturnType<DeviceAsked[A]>;
  return await act(...by);
}
