import type { EventView } from "../../core/client/views";
import type { TimelineRow } from "./timeline-rows";
import styles from "./event-row.module.css";

type EventRowProps = {
  readonly row: TimelineRow;
  readonly event: EventView;
  readonly peerName: string;
  readonly active: boolean;
};

/** The person who blocked reads "You blocked"; the other person must not be told who closed the conversation. */
export function EventRow({ row, event: { kind, mine }, peerName, active }: EventRowProps) {
  return (
    <p className={styles.event} data-entry={row.key} tabIndex={active ? 0 : -1}>
      {mine ? (
        <>
          You {kind === "closed" ? "blocked" : "unblocked"} <bdi>{peerName}</bdi>.
        </>
      ) : (
        <>This conversation was {kind === "closed" ? "closed." : "opened again."}</>
      )}
    </p>
  );
}
