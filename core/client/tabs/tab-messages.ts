// What the tabs of one browser say to each other. They are all of one build (see the channel's name), so that
// these are types and not schemas; they change with whatever is in them.
//
//   a tab that comes, or hears of a new leader      join ──▶  ◀── all
//   something changed where the tab leads                     ◀── news (numbered; a gap means: join again)
//   the tab wants something of the device           ask ───▶  ◀── answer, behind the news of what it did
//   somebody looks at the tab                       beat ──▶  ◀── beat
//   the tab is closed, or sleeps                    leave ─▶
//   another tab leads now                                     ◀── lead
//   somebody signs out                              gone ──▶  ◀── gone

import type { ConversationId } from "../../domain/ids";
import type { BoardState } from "../board";
import type { DeviceAsked } from "../device";
import type { StoredEntry } from "../ports/store";
import type { Timeline } from "../timeline";

export type TabId = string;

export type Place = {
  readonly tab: TabId;
  readonly looking: ConversationId | undefined;
  readonly visible: boolean;
};

export type Asked = keyof DeviceAsked;

export type FromTab =
  | ({ readonly is: "join" | "place" } & Place)
  | { readonly is: "leave" | "beat"; readonly tab: TabId }
  | {
      readonly is: "ask";
      readonly tab: TabId;
      readonly number: number;
      readonly what: Asked;
      readonly by: readonly unknown[];
    };

/** A timeline, but that of its entries only those are told that changed: `cut` of them from `at` make room. */
export type TimelineNews = Omit<Timeline, "entries"> & {
  readonly at: number;
  readonly cut: number;
  readonly entries: readonly StoredEntry[];
};

/** `term` rises with every lead: one that was frozen while it led, and does not know yet, has a lower one. */
export type FromLeader =
  | { readonly is: "lead"; readonly leader: TabId; readonly term: number }
  | { readonly is: "leader-beat"; readonly leader: TabId }
  | {
      readonly is: "all";
      readonly leader: TabId;
      readonly term: number;
      readonly to: TabId;
      readonly number: number;
      readonly state: BoardState;
      readonly timelines: readonly Timeline[];
    }
  | {
      readonly is: "news";
      readonly leader: TabId;
      readonly number: number;
      readonly state: BoardState;
      readonly timelines: readonly TimelineNews[];
    }
  | {
      readonly is: "answer";
      readonly leader: TabId;
      readonly to: TabId;
      readonly number: number;
      readonly answer: unknown;
    };

export type TabMessage = FromTab | FromLeader | { readonly is: "gone" };
