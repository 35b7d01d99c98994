// The tab that leads tells the others what its board shows, and does for them what they ask of the device.

import type { ConversationId } from "../../domain/ids";
import type { Board } from "../board";
import type { RunningDevice } from "../device";
import type { Neighbours } from "../ports/neighbours";
import type { Timeline } from "../timeline";
import type { FromTab, Place, TabId, TabMessage } from "./tab-messages";
import { newsOf } from "./timeline-news";

export type ServingNeeds = {
  readonly tab: TabId;
  readonly term: number;
  readonly board: Board;
  readonly device: RunningDevice;
  readonly neighbours: Neighbours;
  /** Where the other tabs are has changed: what they look at, whether they can be seen. */
  readonly moved: () => void;
  /** Another tab is looked at: the timers of this one may be late. */
  readonly prod: () => void;
  /** Another has taken the lead while this one hung. */
  readonly outranked: () => void;
  /** Somebody signs out in another tab. */
  readonly gone: () => void;
};

export interface Serving {
  looked(): readonly ConversationId[];
  isSeen(): boolean;
  stop(): void;
}

export function createServing(needs: ServingNeeds): Serving {
  const { tab: leader, term, board, device, neighbours } = needs;
  const { timelines } = board;
  const places = new Map<TabId, Place>();
  /** As it was told last; what the next news start from. */
  const told = new Map<ConversationId, Timeline>();
  let changed: Set<ConversationId> | undefined;
  let number = 0;
  const say = (message: TabMessage) => neighbours.post(message);

  function onChange(conversation?: ConversationId): void {
    if (places.size === 0) return;
    if (!changed) {
      changed = new Set();
      // What changes together is told together.
      void Promise.resolve().then(tellNews);
    }
    if (conversation) changed.add(conversation);
  }

  function tellNews(): void {
    if (!changed) return;
    const conversations = [...changed];
    changed = undefined;
    const news = conversations.flatMap((conversation) => {
      const now = timelines.get(conversation);
      if (!now) return [];
      const fresh = newsOf(told.get(conversation), now);
      told.set(conversation, now);
      return [fresh];
    });
    say({ is: "news", leader, number: (number += 1), state: board.state(), timelines: news });
  }

  /** To one; for the others nothing changes by it, since all that is told has been told to them before. */
  function tellAll(to: TabId): void {
    tellNews();
    for (const timeline of timelines.all()) told.set(timeline.kept.conversation, timeline);
    say({ is: "all", leader, term, to, number, state: board.state(), timelines: timelines.all() });
  }

  async function answer({ tab: to, number: asked, what, by }: Extract<FromTab, { is: "ask" }>) {
    // Every tab is of this build: `by` are the parameters of `what`.
    const act = device[what] as (...by: readonly unknown[]) => unknown;
    const result = await Promise.resolve(act(...by)).catch(() => undefined);
    tellNews();
    say({ is: "answer", leader, to, number: asked, answer: result });
  }

  function onMessage(message: unknown): void {
    // The channel's name says which build writes here.
    const heard = message as TabMessage;
    needs.prod();
    switch (heard.is) {
      case "join":
        places.set(heard.tab, heard);
        tellAll(heard.tab);
        return needs.moved();
      case "place":
        places.set(heard.tab, heard);
        return needs.moved();
      case "leave":
        places.delete(heard.tab);
        return needs.moved();
      case "beat":
        return say({ is: "leader-beat", leader });
      case "ask":
        return void answer(heard);
      case "gone":
        return needs.gone();
      case "lead":
      case "all":
        return heard.term > term ? needs.outranked() : undefined;
      case "leader-beat":
      case "news":
      case "answer":
        return undefined;
      default:
        return heard satisfies never;
    }
  }

  const stops = [neighbours.listen(onMessage), board.follow(onChange)];
  say({ is: "lead", leader, term });
  return {
    looked: () => [...places.values()].flatMap(({ looking }) => looking ?? []),
    isSeen: () => [...places.values()].some(({ visible }) => visible),
    stop: () => {
      for (const stop of stops) stop();
      changed = undefined;
    },
  };
}
