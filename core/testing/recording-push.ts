import type { ConnectionId } from "../domain/ids";
import type { Notice } from "../domain/notice";
import type { Push } from "../domain/ports/push";

/** Remembers what reached which socket. A socket is open unless the test says otherwise. */
export class RecordingPush implements Push {
  private readonly notices = new Map<ConnectionId, Notice[]>();
  private readonly troubles = new Map<ConnectionId, "gone" | "failed">();

  async push(connection: ConnectionId, notice: Notice): Promise<"sent" | "gone" | "failed"> {
    const trouble = this.troubles.get(connection);
    if (trouble) return trouble;
    const notices = this.notices.get(connection) ?? [];
    this.notices.set(connection, [...notices, notice]);
    return "sent";
  }

  close(connection: ConnectionId): void {
    this.troubles.set(connection, "gone");
  }

  fail(connection: ConnectionId): void {
    this.troubles.set(connection, "failed");
  }

  to(connection: ConnectionId): readonly Notice[] {
    return this.notices.get(connection) ?? [];
  }

  forget(): void {
    this.notices.clear();
  }
}
