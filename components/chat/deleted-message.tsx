"use client";

import { useId } from "react";
import type { DeletedView, TimelineView } from "../../core/client/views";
import { useNow } from "../browser/use-now";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { useDesk } from "./desk";
import { MessageFrame } from "./message-frame";
import type { TimelineRow } from "./timeline-rows";
import styles from "./deleted-message.module.css";

type DeletedMessageProps = {
  readonly row: TimelineRow;
  readonly deleted: DeletedView;
  readonly timeline: TimelineView;
  readonly active: boolean;
};

export function DeletedMessage({ row, deleted, timeline, active }: DeletedMessageProps) {
  const id = useId();
  return (
    <MessageFrame row={row} message={deleted} active={active} labelledBy={id}>
      <div className={styles.deleted} data-beside="">
        <p id={id} className={styles.words}>
          <Icon name="trash" size={16} />
          <span>{deleted.mine ? "You" : <bdi>{timeline.peer.name}</bdi>} deleted this message.</span>
        </p>
        {deleted.undoUntil !== undefined && <Undo deleted={deleted} undoUntil={deleted.undoUntil} />}
      </div>
    </MessageFrame>
  );
}

function Undo({ deleted, undoUntil }: { readonly deleted: DeletedView; readonly undoUntil: number }) {
  const desk = useDesk();
  const now = useNow(250);
  if (now >= undoUntil) return null;
  return (
    <Button
      size="small"
      look="quiet"
      onClick={({ currentTarget }) => {
        const at = currentTarget.closest<HTMLElement>("[data-entry]");
        at?.focus({ preventScroll: true });
        void desk.undoDelete(deleted);
      }}
    >
      Undo
      {/* A screen reader is not told every second. */}
      <span aria-hidden="true" className={styles.left}>
        {Math.ceil((undoUntil - now) / 1000)}
      </span>
    </Button>
  );
}
