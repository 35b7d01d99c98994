"use client";

// From the handle in the address to the conversation.

import { useCallback, useEffect, useState } from "react";
import type { ChatClient } from "../../core/client/chat-client.types";
import type { ConversationId, Handle } from "../../core/domain/ids";
import { navigate } from "../browser/navigate";
import { useChat } from "./chat-context";
import { ConversationScreen, ConversationSkeleton } from "./conversation-screen";
import { CannotOpen, Unreachable } from "./plates";
import type { Refused } from "./refusal-sentences";
import { pathOf } from "./screens";
import { useConversations } from "./use-live";

type Opening =
  | { readonly is: "asking" }
  | { readonly is: "open"; readonly conversation: ConversationId }
  | { readonly is: "refused"; readonly refused: Refused }
  | { readonly is: "unreachable" };

export function ConversationRoute({ handle }: { readonly handle: Handle }) {
  const { client } = useChat();
  const { conversations } = useConversations();
  const known = conversations.find(({ peer }) => peer.handle === handle)?.conversation;
  const [opening, setOpening] = useState<Opening>(
    known ? { is: "open", conversation: known } : { is: "asking" },
  );

  const open = useCallback(async () => {
    setOpening((now) => (now.is === "open" ? now : { is: "asking" }));
    const answer = await client.open(handle);
    if (answer.is === "ok") {
      setOpening({ is: "open", conversation: answer.value });
      return showPresentHandle(client, answer.value, handle);
    }
    // What is on this device stays readable, whatever the server says of the handle by now.
    setOpening((now) =>
      now.is === "open" ? now : answer.is === "refused" ? { is: "refused", refused: answer } : answer,
    );
  }, [client, handle]);

  useEffect(() => void open(), [open]);

  // Offline the answer may come before this device's store has been read.
  const shown = opening.is !== "open" && known ? ({ is: "open", conversation: known } as const) : opening;
  switch (shown.is) {
    case "asking":
      return <ConversationSkeleton />;
    case "open":
      return <ConversationScreen conversation={shown.conversation} />;
    case "refused":
      return <CannotOpen handle={handle} refused={shown.refused} />;
    case "unreachable":
      return <Unreachable onRetry={() => void open()} />;
    default:
      return shown satisfies never;
  }
}

/** A bookmark with a handle that the person gave up opens their conversation; the address says the present one. */
function showPresentHandle(client: ChatClient, conversation: ConversationId, asked: Handle): void {
  const { conversations } = client.list.getSnapshot();
  const peer = conversations.find((one) => one.conversation === conversation)?.peer;
  if (peer && peer.handle !== asked) navigate(pathOf(peer.handle), { replace: true });
}
