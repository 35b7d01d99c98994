import type { ConnectionId } from "../ids";
import type { Notice } from "../notice";

/** "sent" is not delivery. "gone": the socket is closed for good. "failed": nobody knows. Never throws. */
export interface Push {
  push(connection: ConnectionId, notice: Notice): Promise<"sent" | "gone" | "failed">;
}
