// The conversations that this device knows, each with the view of it; the list over them.

import type { ConversationId, UserId } from "../domain/ids";
import type { Live } from "./chat-client.types";
import { createView, type View } from "./live";
import { withTheirsShown, type Timeline } from "./timeline";
import { conversationView, timelineView } from "./timeline-view";
import type { ConversationView, ListView, TimelineView } from "./views";

export interface Timelines {
  get(conversation: ConversationId): Timeline | undefined;
  all(): readonly Timeline[];
  /** Nothing happens for a conversation that is not known. */
  change(conversation: ConversationId, next: (timeline: Timeline) => Timeline): void;
  put(timeline: Timeline): void;
  clear(): void;
  view(conversation: ConversationId): Live<TimelineView | undefined>;
  readonly list: Live<ListView>;
  /** What the list shows beside its conversations may have changed. */
  touchList(): void;
  /** Whether the disk keeps anything has changed, and with that what is shown of each conversation. */
  redrawAll(): void;
}

export type TimelinesNeeds = {
  readonly me: () => UserId | undefined;
  readonly listState: () => { readonly loaded: boolean; readonly hasMore: boolean };
  readonly changed: (conversation: ConversationId) => void;
  /** Whether the disk takes what it is given. */
  readonly isKeeping: () => boolean;
};

export function createTimelines({ me, listState, changed, isKeeping }: TimelinesNeeds): Timelines {
  const timelines = new Map<ConversationId, Timeline>();
  const views = new Map<ConversationId, View<TimelineView | undefined>>();
  const rows = new Map<ConversationId, View<ConversationView | undefined>>();

  function seen<V>(
    conversation: ConversationId,
    draw: (timeline: Timeline, user: UserId, isKeeping: boolean) => V,
  ) {
    const timeline = timelines.get(conversation);
    const user = me();
    return timeline && user ? draw(timeline, user, isKeeping()) : undefined;
  }

  /** Whether the disk keeps anything has changed. */
  function redrawAll(): void {
    for (const timeline of timelines.values()) put(timeline);
    touchAll();
  }

  function touchAll(): void {
    for (const each of [...rows.values(), ...views.values(), list]) each.touch();
  }

  function row(conversation: ConversationId): View<ConversationView | undefined> {
    const known = rows.get(conversation);
    if (known) return known;
    const made = createView(() => seen(conversation, conversationView));
    rows.set(conversation, made);
    return made;
  }

  function view(conversation: ConversationId): View<TimelineView | undefined> {
    const known = views.get(conversation);
    if (known) return known;
    const made = createView(() => seen(conversation, timelineView));
    views.set(conversation, made);
    return made;
  }

  const list = createView((): ListView => {
    const drawn = [...timelines.keys()].flatMap((conversation) => row(conversation).getSnapshot() ?? []);
    const conversations = drawn.sort((one, other) => other.activeAt - one.activeAt);
    const unreadTotal = conversations.reduce((sum, { unread }) => sum + unread, 0);
    return { conversations, unreadTotal, ...listState() };
  });

  function put(given: Timeline): void {
    // Without a disk nothing is held back, so every tick that is known is shown.
    const timeline = isKeeping() ? given : withTheirsShown(given);
    const { conversation } = timeline.kept;
    if (timelines.get(conversation) === timeline) return;
    timelines.set(conversation, timeline);
    row(conversation).touch();
    views.get(conversation)?.touch();
    list.touch();
    changed(conversation);
  }

  return {
    get: (conversation) => timelines.get(conversation),
    all: () => [...timelines.values()],
    put,
    change: (conversation, next) => {
      const timeline = timelines.get(conversation);
      if (timeline) put(next(timeline));
    },
    clear: () => {
      timelines.clear();
      touchAll();
    },
    view,
    list,
    touchList: () => list.touch(),
    redrawAll,
  };
}
