"use client";

import { useLayoutEffect, useRef } from "react";
import type { DeletedView } from "../../core/client/views";
import { useNow } from "../browser/use-now";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { useDesk } from "./desk";
import styles from "./deleted-message.module.css";

type DeletedMessageProps = {
  /** What is read out of it has this id. */
  readonly id: string;
  readonly deleted: DeletedView;
  readonly peerName: string;
};

export function DeletedMessage({ id, deleted, peerName }: DeletedMessageProps) {
  return (
    <div className={styles.deleted} data-beside="">
      <p id={id} className={styles.words}>
        <Icon name="trash" size={16} />
        <span>{deleted.mine ? "You" : <bdi>{peerName}</bdi>} deleted this message.</span>
      </p>
      {deleted.undoUntil !== undefined && <Undo deleted={deleted} undoUntil={deleted.undoUntil} />}
    </div>
  );
}

function Undo({ deleted, undoUntil }: { readonly deleted: DeletedView; readonly undoUntil: number }) {
  const leftMs = undoUntil - useNow(250);
  return leftMs > 0 ? <UndoButton deleted={deleted} seconds={Math.ceil(leftMs / 1000)} /> : null;
}

function UndoButton({ deleted, seconds }: { readonly deleted: DeletedView; readonly seconds: number }) {
  const desk = useDesk();
  const button = useRef<HTMLButtonElement>(null);

  // It goes when it was pressed, or when the time is over; the focus is not to go with it.
  useLayoutEffect(() => {
    const element = button.current;
    return () => {
      if (element && element === document.activeElement)
        element.closest<HTMLElement>("[data-entry]")?.focus({ preventScroll: true });
    };
  }, []);

  return (
    <Button ref={button} size="small" look="quiet" onClick={() => void desk.undoDelete(deleted)}>
      Undo
      {/* A screen reader is not told every second. */}
      <span aria-hidden="true" className={styles.left}>
        {seconds}
      </span>
    </Button>
  );
}
