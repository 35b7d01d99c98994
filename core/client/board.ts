// What the screens of this tab see. It lives as long as the tab: where this tab leads, its device writes here;
// where another does, what that one tells is written here. The screens cannot tell the difference.

import type { Live } from "./chat-client.types";
import { createView } from "./live";
import type { StoredMe } from "./ports/store";
import { createTimelines, type Timelines } from "./timelines";
import type { ConnectionView, MeView, StorageView } from "./views";
import type { ConversationId } from "../domain/ids";

/** All of it but the conversations. */
export type BoardState = {
  readonly owner: StoredMe | undefined;
  readonly connection: ConnectionView;
  readonly storage: StorageView;
  /** The local store has been read, or has refused. */
  readonly opened: boolean;
  /** The server has answered at least once. */
  readonly welcomed: boolean;
  readonly hasMore: boolean;
};

export interface Board {
  readonly timelines: Timelines;
  readonly connection: Live<ConnectionView>;
  readonly storage: Live<StorageView>;
  readonly me: Live<MeView>;
  state(): BoardState;
  set(change: Partial<BoardState>): void;
  /** Called with the conversation that changed, or without one when the state did. */
  follow(onChange: (conversation?: ConversationId) => void): () => void;
}

const EMPTY: BoardState = {
  owner: undefined,
  connection: { is: "connecting" },
  storage: { is: "kept" },
  opened: false,
  welcomed: false,
  hasMore: false,
};

export function createBoard(): Board {
  let state = EMPTY;
  const followers = new Set<(conversation?: ConversationId) => void>();
  const tell = (conversation?: ConversationId) => {
    for (const follower of [...followers]) follower(conversation);
  };
  const connection = createView(() => state.connection);
  const storage = createView(() => state.storage);
  const me = createView((): MeView => {
    const { owner } = state;
    return owner?.person ? { is: "known", me: owner.person, device: owner.device } : { is: "unknown" };
  });
  const timelines = createTimelines({
    me: () => state.owner?.user,
    listState: () => ({
      loaded: state.opened && (state.welcomed || timelines.all().length > 0),
      hasMore: state.hasMore,
    }),
    changed: tell,
    isKeeping: () => state.storage.is === "kept",
  });

  return {
    timelines,
    connection,
    storage,
    me,
    state: () => state,
    set: (change) => {
      const before = state;
      state = { ...state, ...change };
      if (change.connection) connection.touch();
      if (change.storage) storage.touch();
      if (state.storage.is !== before.storage.is) timelines.redrawAll();
      if ("owner" in change) me.touch();
      if ("opened" in change || "welcomed" in change || "hasMore" in change) timelines.touchList();
      tell();
    },
    follow: (onChange) => {
      followers.add(onChange);
      return () => void followers.delete(onChange);
    },
  };
}
