// The device as a tab has it that does not lead: what it asks goes to the tab that leads, what that one tells is put
// on this tab's board. Nothing is lost when the lead goes from one to another:
//
//   1  what is written here is stored by this tab, under an id and with an `after` of its own (composing.ts)
//   2  it is on this board from then on, whatever the leading tab tells, until that one has said that it has it
//   3  what was asked and not answered is asked again of whoever leads next; asking twice does nothing twice

import type { ConversationId, EntryId } from "../../domain/ids";
import type { Timers } from "../../domain/ports/clock";
import { whereIs } from "../adopt";
import type { Board } from "../board";
import type { DeviceAsked, RunningDevice } from "../device";
import type { Neighbours } from "../ports/neighbours";
import { pendingOf, type Pending } from "../outbox";
import type { ClientStore, OutboxItem } from "../ports/store";
import type { Surroundings } from "../ports/surroundings";
import type { Timeline } from "../timeline";
import { neverLess } from "./never-less";
import { createPulse } from "./pulse";
import type { Asked, FromLeader, TabId, TabMessage } from "./tab-messages";
import { withNews } from "./timeline-news";

export type RemoteDeviceNeeds = {
  readonly tab: TabId;
  readonly board: Board;
  readonly store: Pick<ClientStore, "outbox" | "putOutbox" | "removeOutbox">;
  readonly neighbours: Neighbours;
  readonly timers: Timers;
  readonly surroundings: Surroundings;
  readonly looking: () => ConversationId | undefined;
  /** The tab that leads does not answer. */
  readonly silent: () => void;
  /** Somebody signs out in another tab. */
  readonly gone: () => void;
};

export type RemoteDevice = Pick<RunningDevice, "outbox" | "pump"> & {
  readonly ask: <A extends Asked>(
    what: A,
    by: Parameters<DeviceAsked[A]>,
  ) => Promise<Awaited<ReturnType<DeviceAsked[A]>>>;
  readonly join: () => void;
  /** Nothing is told or heard until the next `join`. */
  readonly part: () => void;
  /** What this tab looks at, or whether it can be seen, has changed. */
  readonly moved: () => void;
  /** This tab led until now: what waits here the next one may not know. */
  readonly claim: () => void;
  /** The term of a lead that is to come after all that this tab has heard of. */
  readonly nextTerm: () => number;
  /** This tab leads now: what was not answered is done here. */
  readonly handOver: (device: DeviceAsked) => void;
};

type Unanswered = {
  readonly what: Asked;
  readonly by: readonly unknown[];
  readonly settle: (answer: unknown) => void;
};

export function createRemoteDevice(needs: RemoteDeviceNeeds): RemoteDevice {
  const { tab, board, store, neighbours, surroundings } = needs;
  const { timelines } = board;
  const unanswered = new Map<number, Unanswered>();
  /** Written here, and not known to be known to the tab that leads. */
  const mine = new Map<EntryId, OutboxItem>();
  /** Those of them that the store has refused. */
  const unstored = new Set<EntryId>();
  /** As the tab that leads told them; what its news start from. */
  const truths = new Map<ConversationId, Timeline>();
  let asked = 0;
  let leader: TabId | undefined;
  let term = 0;
  let heard = 0;
  let stopListening: (() => void) | undefined;
  const say = (message: TabMessage) => neighbours.post(message);
  const pulse = createPulse(
    { timers: needs.timers, surroundings },
    { beat: () => (leader ? say({ is: "beat", tab }) : join()), silent: needs.silent },
  );

  const place = () => ({ tab, looking: needs.looking(), visible: surroundings.visible() });

  function join(): void {
    leader = undefined;
    say({ is: "join", ...place() });
  }

  function post(number: number, { what, by }: Unanswered): void {
    if (leader) say({ is: "ask", tab, number, what, by });
  }

  function ask<A extends Asked>(what: A, by: Parameters<DeviceAsked[A]>) {
    return new Promise<Awaited<ReturnType<DeviceAsked[A]>>>((resolve) => {
      const number = (asked += 1);
      // The tab that leads answers with what its device answered to this.
      const settle = resolve as (answer: unknown) => void;
      unanswered.set(number, { what, by, settle });
      post(number, { what, by, settle });
    });
  }

  function onMessage(message: unknown): void {
    // The channel's name says which build writes here.
    const told = message as TabMessage;
    switch (told.is) {
      case "lead":
        return told.term > term ? join() : undefined;
      case "all":
        return told.to === tab && told.term >= term ? onAll(told) : undefined;
      case "news":
        return told.leader === leader ? onNews(told) : undefined;
      case "answer":
        return told.to === tab && told.leader === leader ? onAnswer(told.number, told.answer) : undefined;
      case "leader-beat":
        return told.leader === leader ? pulse.heard() : undefined;
      case "gone":
        return needs.gone();
      case "join":
      case "place":
      case "leave":
      case "beat":
      case "ask":
        return undefined;
      default:
        return told satisfies never;
    }
  }

  function onAll(told: Extract<FromLeader, { is: "all" }>): void {
    ({ leader, term, number: heard } = told);
    pulse.heard();
    board.set(told.state);
    truths.clear();
    for (const timeline of told.timelines) put(timeline);
    for (const [number, one] of unanswered) post(number, one);
  }

  function onNews({ number, state, timelines: news }: Extract<FromLeader, { is: "news" }>): void {
    if (number !== heard + 1) return join();
    heard = number;
    pulse.heard();
    board.set(state);
    for (const one of news) put(withNews(truths.get(one.kept.conversation), one));
  }

  function put(told: Timeline): void {
    const { conversation } = told.kept;
    const me = board.state().owner?.user;
    truths.set(conversation, told);
    if (!me) return timelines.put(told);
    const truth = neverLess(timelines.get(conversation), told, me);
    const own = [...mine.values()].filter(
      (item) => item.conversation === conversation && whereIs(item, truth, me) === "unknown",
    );
    const others = truth.pending.filter(({ item }) => !own.some(({ id }) => id === item.id));
    const waiting = own.map((item) => pendingOf(item, true));
    timelines.put(own.length === 0 ? truth : { ...truth, pending: [...others, ...waiting] });
  }

  function onAnswer(number: number, answer: unknown): void {
    pulse.heard();
    const found = unanswered.get(number);
    unanswered.delete(number);
    found?.settle(answer);
  }

  async function offer(item: OutboxItem): Promise<void> {
    await ask("take", [item, !unstored.has(item.id)]);
    // What was told with the answer shows it, or what became of it; written anew meanwhile, it is offered anew.
    if (mine.get(item.id) === item) mine.delete(item.id);
  }

  /**
   * What this tab had stored and the store holds no more was sent or thrown away while this tab hung: it is not to
   * come back. A store that has failed knows nothing of that.
   */
  async function offerKept(waiting: readonly Pending[]): Promise<void> {
    const isKeeping = board.state().storage.is === "kept";
    const kept = isKeeping ? await store.outbox().catch(() => undefined) : undefined;
    for (const { item, stored } of waiting) {
      const { conversation, id } = item;
      if (!stored) unstored.add(id);
      if (!kept || !stored || kept.some((one) => one.id === id && one.conversation === conversation)) {
        void offer(item);
      } else if (mine.get(id) === item) {
        mine.delete(id);
        const truth = truths.get(conversation);
        if (truth) put(truth);
      }
    }
  }

  return {
    ask,
    join: () => {
      stopListening ??= neighbours.listen(onMessage);
      pulse.start();
      join();
    },
    part: () => {
      if (!stopListening) return;
      say({ is: "leave", tab });
      stopListening();
      stopListening = undefined;
      leader = undefined;
      pulse.stop();
    },
    moved: () => {
      if (!stopListening) return;
      say({ is: "place", ...place() });
      pulse.start();
    },
    claim: () => {
      const waiting = timelines.all().flatMap(({ pending }) => pending);
      for (const { item } of waiting) mine.set(item.id, item);
      void offerKept(waiting);
    },
    nextTerm: () => (term = Math.max(term + 1, needs.timers.now())),
    handOver: (device) => {
      const left = [...unanswered.values()];
      unanswered.clear();
      mine.clear();
      for (const { what, by, settle } of left) {
        // As it was asked: see `ask`.
        const act = device[what] as (...by: readonly unknown[]) => unknown;
        settle(act(...by));
      }
    },
    outbox: {
      message: async (conversation, id) => {
        const item = timelines.get(conversation)?.pending.find((one) => one.item.id === id)?.item;
        if (!item) return;
        mine.set(id, item);
        // A store that refuses is told of by the tab that leads, which stores it too.
        await store.putOutbox(item).then(
          () => unstored.delete(id),
          () => unstored.add(id),
        );
      },
      forget: async (conversation, id) => {
        mine.delete(id);
        await store.removeOutbox(conversation, id).catch(() => {});
        await ask("drop", [conversation, id]);
      },
    },
    pump: (conversation) => {
      for (const item of mine.values()) if (item.conversation === conversation) void offer(item);
    },
  };
}
