import type { ConnectionId } from "../../../core/domain/ids";
import type { Push } from "../../../core/domain/ports/push";
import type { Notice } from "../../../core/domain/notice";
import type { DownFrame } from "../../../core/protocol/down";
import { encodeNotice } from "../../../core/protocol/wire";
import { AwsError } from "./aws-error";
import { Failed, withRetries, type Retries, type World } from "./retries";
import type { SendSigned } from "./signed-http";

/** Twice and quickly: a push is a hint, and the one who waits for it is the sender. */
const RETRIES: Retries = { attempts: 2, firstPauseMs: 50, longestPauseMs: 50 };
const ATTEMPT_MS = 2_000;

export class GatewayPush implements Push {
  constructor(
    /** Of the API's stage: "https://a1b2c3.execute-api.us-east-1.amazonaws.com/chat". */
    private readonly endpoint: string,
    private readonly send: SendSigned,
    private readonly world: World,
  ) {}

  async push(connection: ConnectionId, notice: Notice): Promise<"sent" | "gone" | "failed"> {
    try {
      for (const frame of encodeNotice(notice)) {
        const { value: status } = await withRetries(RETRIES, this.world, () => this.post(connection, frame));
        // 400: no connection of this gateway was ever called so. Like a closed one it never comes back.
        if (status === 410 || status === 400) return "gone";
        if (status !== 200) return "failed";
      }
      return "sent";
    } catch (error) {
      if (error instanceof Failed) return "failed";
      throw error;
    }
  }

  private async post(connection: ConnectionId, frame: DownFrame): Promise<number> {
    const answer = await this.send({
      endpoint: this.endpoint,
      service: "execute-api",
      path: `/@connections/${encodeURIComponent(connection)}`,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(frame),
      timeoutMs: ATTEMPT_MS,
    });
    if (answer.status === 429 || answer.status >= 500)
      throw new AwsError("PostRefused", `unable to push; status ${answer.status}`, answer.status);
    return answer.status;
  }
}
