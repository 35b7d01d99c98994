import type { EventView } from "../../core/client/views";
import type { TimelineRow } from "./timeline-rows";
import styles from "./event-row.module.css";

type EventRowProps = {
  readonly row: TimelineRow;
  readonly event: EventView;
  readonly peerName: string;
  readonly active: boolean;
};

/** Who did it knows it as a block; to the other the conversation is closed. */
export function EventRow({ row, event: { kind, mine }, peerName, active }: EventRowProps) {
  const peer = <bdi>{peerName}</bdi>;
  return (
    <p className={styles.event} data-entry={row.key} tabIndex={active ? 0 : -1}>
      {mine ? (
        <>
          You {kind === "closed" ? "blocked" : "unblocked"} {peer}.
        </>
      ) : (
        <>
          {peer} {kind === "closed" ? "closed this conversation." : "opened this conversation again."}
        </>
      )}
    </p>
  );
}
