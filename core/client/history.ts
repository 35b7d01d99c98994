import type { Version } from "../domain/history";
import { HISTORY_VERSIONS, MESSAGE_EDITS } from "../domain/limits";
import type { ConversationId, Seq } from "../domain/ids";
import type { Answer } from "./chat-client.types";
import type { Device } from "./device.types";
import { askPatiently } from "./patience";

/** Each page has one version at the least: they are as long as a message may be. */
const MOST_PAGES = MESSAGE_EDITS + HISTORY_VERSIONS;

/** All that a message has said, page after page. */
export async function readHistory(
  device: Device,
  conversation: ConversationId,
  seq: Seq,
): Promise<Answer<readonly Version[]>> {
  let versions: readonly Version[] = [];
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const below = versions.at(-1)?.seq;
    const question = {
      action: "history",
      conversation,
      seq,
      ...(below === undefined ? {} : { below }),
    } as const;
    const reply = await askPatiently(device, question);
    if (reply.is === "lost") return { is: "unreachable" };
    if (reply.is === "refused") return { is: "refused", code: reply.code };
    versions = [...versions, ...reply.answer.versions];
    if (!reply.answer.more || reply.answer.versions.length === 0) break;
  }
  return { is: "ok", value: versions };
}
