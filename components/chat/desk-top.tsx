"use client";

import type { MessageView, TimelineView } from "../../core/client/views";
import { IconButton } from "../ui/button";
import { Hidden } from "../ui/hidden";
import { Icon } from "../ui/icon";
import { useDesk, type Doing } from "./desk";
import { EmojiDialog } from "./emoji-dialog";
import { MessageHistory } from "./message-history";
import { MessageMenu } from "./message-menu";
import type { DeskState } from "./use-desk-state";
import styles from "./desk-top.module.css";

type DeskTopProps = Omit<DeskState, "desk" | "editing"> & { readonly timeline: TimelineView };

/** What stands over the conversation: a menu or a dialog, what went wrong, and what is said aloud. */
export function DeskTop({ timeline, doing, said, problem, forgetProblem }: DeskTopProps) {
  return (
    <>
      <div role="alert" className={styles.place}>
        {problem && (
          <p className={styles.problem}>
            <Icon name="alert" size={18} />
            <span>{problem}</span>
            <IconButton label="Close" onClick={forgetProblem}>
              <Icon name="close" size={18} />
            </IconButton>
          </p>
        )}
      </div>
      <div role="status">
        <Hidden key={said.number}>{said.words}</Hidden>
      </div>
      <OnTop timeline={timeline} doing={doing} />
    </>
  );
}

function OnTop({ timeline, doing }: { readonly timeline: TimelineView; readonly doing: Doing }) {
  const desk = useDesk();
  const close = () => desk.show({ is: "nothing" });
  // It may have changed since, or be gone.
  const message = doing.is === "nothing" ? undefined : current(timeline, doing.message);
  if (doing.is === "nothing" || !message) return null;
  switch (doing.is) {
    case "menu":
      return <MessageMenu message={message} timeline={timeline} at={doing.at} now={doing.now} />;
    case "emoji":
      return (
        <EmojiDialog
          onClose={close}
          onChoose={(emoji) => {
            close();
            void desk.react(message, emoji);
          }}
        />
      );
    case "history":
      return message.seq === undefined ? null : (
        <MessageHistory
          conversation={timeline.conversation}
          seq={message.seq}
          editedAt={message.edited?.at}
          onClose={close}
        />
      );
    default:
      return doing satisfies never;
  }
}

const current = ({ entries }: TimelineView, { from, id }: MessageView): MessageView | undefined =>
  entries.find(
    (entry): entry is MessageView => entry.kind === "message" && entry.id === id && entry.from === from,
  );
