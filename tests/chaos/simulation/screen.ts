// What a tab could draw, told to the history whenever it changes.

import type { ChatClient } from "../../../core/client/chat-client.types";
import type { EntryView, TimelineView } from "../../../core/client/views";
import type { ConversationId } from "../../../core/domain/ids";
import type { Shown } from "../history/event";
import type { Recorder } from "../history/recorder";
import { spliceOf } from "../history/view-diff";
import type { Names } from "./names";

/** An entry that looks as before is the same object in the client's views, and is the same here. */
const drawn = new WeakMap<EntryView, Shown>();

export class Screen {
  private readonly shown = new Map<ConversationId, readonly Shown[]>();
  private readonly rests = new Map<ConversationId, string>();

  constructor(
    private readonly tab: string,
    private readonly client: ChatClient,
    private readonly recorder: Recorder,
    private readonly names: Names,
  ) {
    client.connection.subscribe(() => this.drawLine());
  }

  /** From now on. */
  follow(conversation: ConversationId): void {
    this.client.timeline(conversation).subscribe(() => this.draw(conversation));
    this.draw(conversation);
  }

  entries(conversation: ConversationId): readonly Shown[] {
    return this.shown.get(conversation) ?? [];
  }

  private line = "";
  private drawLine(): void {
    const line = this.client.connection.getSnapshot().is;
    if (line === this.line) return;
    this.line = line;
    this.recorder.tell({ is: "line", tab: this.tab, line });
  }

  private draw(conversation: ConversationId): void {
    const view = this.client.timeline(conversation).getSnapshot();
    if (!view) return;
    const now = view.entries.map((entry) => this.drawn(entry));
    const splice = spliceOf(this.entries(conversation), now);
    const rest = restOf(view);
    const key = JSON.stringify(rest);
    if (splice.cut === 0 && splice.entries.length === 0 && this.rests.get(conversation) === key) return;
    this.shown.set(conversation, now);
    this.rests.set(conversation, key);
    this.recorder.tell({ is: "view", tab: this.tab, conversation, ...splice, ...rest });
  }

  private drawn(entry: EntryView): Shown {
    const before = drawn.get(entry);
    if (before) return before;
    const shown = this.shownOf(entry);
    drawn.set(entry, shown);
    return shown;
  }

  private shownOf(entry: EntryView): Shown {
    const { id, from, seq, kind } = entry;
    const place = { id, from, ...(seq === undefined ? {} : { seq }) };
    if (entry.kind !== "message") return { ...place, kind };
    const { text, progress, reactions } = entry;
    return {
      ...place,
      kind: "message",
      text,
      ...(progress && { tick: progress.is }),
      ...(reactions && { reactions: reactions.map(({ emoji, users }) => this.names.reaction(emoji, users)) }),
    };
  }
}

const restOf = ({ unread, peerTyping, peerPresence, closed }: TimelineView) => ({
  unread,
  typing: peerTyping,
  ...(peerPresence && { presence: peerPresence.is }),
  closed,
});
