// What to paste into a terminal to talk to the very socket that the app uses.

import { randomBytes } from "node:crypto";
import { VERSION } from "../../core/protocol/version";
import type { Conversation } from "./introduce";

export const terminalLines = (options: {
  readonly name: string;
  readonly device: string;
  readonly to: string;
  readonly socketUrl: string;
  readonly accessToken: string;
  readonly conversation: Conversation;
}): readonly string[] => {
  const { name, device, to, socketUrl, accessToken, conversation } = options;
  const body = { text: `Hello ${to}, this is ${name} at a terminal.` };
  const frames = [
    { action: "hello", ref: "1", device, version: VERSION },
    {
      action: "send",
      ref: "2",
      conversation: conversation.name,
      device,
      after: conversation.tail,
      entries: [{ kind: "message", id: `terminal-${randomBytes(6).toString("hex")}`, body }],
    },
    { action: "dance", ref: "3" },
  ];
  return [
    `From a terminal, as ${name} (the token is good for an hour):`,
    "",
    `  npx wscat -c ${socketUrl} -s chat.v1 -s jwt.${accessToken}`,
    "",
    `then type, a line each. The third is no action, and is refused as that:`,
    "",
    ...frames.map((frame) => `  ${JSON.stringify(frame)}`),
  ];
};
