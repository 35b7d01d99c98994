// What people do with the app. Every operation is told before it is done, and what the client said to it after.

import type { Answer } from "../../../core/client/chat-client.types";
import { peerOf } from "../../../core/domain/conversation";
import type { ConversationId, EntryId, Seq } from "../../../core/domain/ids";
import type { Random } from "../../../core/domain/ports/clock";
import { below } from "../../../core/testing/seeded-random";
import type { Operation, Shown } from "../history/event";
import { oneOf } from "./chances";
import type { Tab } from "./tab";
import type { World } from "./world";

/** The empty one takes the reaction away. */
const EMOJI = ["👍", "❤️", "😂", ""];
/** Each is stored otherwise than it was typed, or stored as it is though it looks as if it should not be. */
const ODD = ["e\u0301", "\r\nline", "a\u0000b", "\ud83d", "👩‍👩‍👧", "‮abc", '"}],', "__proto__", "\u2028"];

/** A tab as far as its person has to do with it, of whichever layer. */
export type Speaker = Pick<Tab, "name" | "user" | "client" | "screen" | "visible" | "looking" | "look"> & {
  readonly world: Pick<World, "recorder">;
};

/** Undefined: there was nothing to do it with. */
type Doing = (
  tab: Speaker,
  conversation: ConversationId,
  random: Random,
  index: number,
) => Promise<unknown> | undefined;

const placed = (tab: Speaker, conversation: ConversationId) => tab.screen.entries(conversation).slice(-12);
const isMine = (tab: Speaker) => (entry: Shown) => entry.from === tab.user && entry.kind === "message";
// What a screen shows has come from the client, which has checked it.
const idOf = (entry: Shown) => entry.id as EntryId;

function operate(
  tab: Speaker,
  operation: Operation,
  act: () => Promise<Answer<EntryId> | void>,
): Promise<void> {
  const { recorder } = tab.world;
  const op = recorder.nextOperation();
  recorder.tell({ is: "op", op, tab: tab.name, ...operation });
  return act().then((answer) => {
    if (!answer) recorder.tell({ is: "answered", op, answer: "ok" });
    else
      recorder.tell({
        is: "answered",
        op,
        answer: answer.is,
        ...(answer.is === "ok" && { id: answer.value }),
      });
  });
}

export function say(tab: Speaker, conversation: ConversationId, text: string): Promise<void> {
  return operate(tab, { what: "send", conversation, text }, () => tab.client.send(conversation, text));
}

export const turn = (tab: Speaker, conversation: ConversationId, what: "block" | "unblock"): Promise<void> =>
  operate(tab, { what, conversation }, () => tab.client[what](conversation));

const send: Doing = (tab, conversation, random, index) => {
  const odd = below(random, 12) === 0 ? ` ${oneOf(random, ODD)}` : "";
  return say(tab, conversation, `${index} by ${tab.name}${odd}`);
};

const edit: Doing = (tab, conversation, random, index) => {
  const own = placed(tab, conversation).filter(isMine(tab));
  if (own.length === 0) return undefined;
  const [{ id }, text] = [{ id: idOf(oneOf(random, own)) }, `${index} edited by ${tab.name}`];
  return operate(tab, { what: "edit", conversation, id, text }, () =>
    tab.client.edit(conversation, id, text),
  );
};

const remove: Doing = (tab, conversation, random) => {
  const own = placed(tab, conversation).filter(isMine(tab));
  if (own.length === 0) return undefined;
  const id = idOf(oneOf(random, own));
  const undo = below(random, 4) === 0;
  const gone = operate(tab, { what: "delete", conversation, id }, () => tab.client.delete(conversation, id));
  if (!undo) return gone;
  return gone.then(() =>
    operate(tab, { what: "undo", conversation, id }, () => tab.client.undoDelete(conversation, id)),
  );
};

const react: Doing = (tab, conversation, random) => {
  const messages = placed(tab, conversation).filter(({ kind }) => kind === "message");
  if (messages.length === 0) return undefined;
  const entry = oneOf(random, messages);
  const [id, chosen] = [idOf(entry), oneOf(random, EMOJI)];
  const from = entry.from === tab.user ? tab.user : peerOf(conversation, tab.user);
  const emoji = chosen === "" ? {} : { emoji: chosen };
  return operate(tab, { what: "react", conversation, from, id, ...emoji }, () =>
    tab.client.react(conversation, { from, id }, emoji.emoji),
  );
};

/** People read to the end, or scroll and stop somewhere. */
const shown: Doing = (tab, conversation, random) => {
  const seqs = placed(tab, conversation).flatMap((entry) => entry.seq ?? []);
  const seq = (below(random, 2) === 0 ? seqs.at(-1) : seqs[below(random, seqs.length)]) ?? 0;
  if (seq === 0 || !tab.visible || tab.looking !== conversation) return undefined;
  return operate(tab, { what: "shown", conversation, seq }, async () =>
    // It is on the screen, so it is a seq of the log.
    tab.client.shown(conversation, seq as Seq),
  );
};

const typing: Doing = (tab, conversation) =>
  operate(tab, { what: "typing", conversation }, async () => tab.client.typing(conversation));

const look: Doing = (tab, conversation) =>
  operate(tab, { what: "look", conversation }, async () => tab.look(conversation));

const older: Doing = (tab, conversation) =>
  operate(tab, { what: "older", conversation }, () => tab.client.loadOlder(conversation));

/** Of what has failed. */
const again: Doing = (tab, conversation, random) => {
  const failed = placed(tab, conversation).filter(({ tick }) => tick === "failed");
  if (failed.length === 0) return undefined;
  const id = idOf(oneOf(random, failed));
  const what = below(random, 3) === 0 ? "discard" : "retry";
  return operate(tab, { what, conversation, id }, () => tab.client[what](conversation, id));
};

export const OPERATIONS = { send, edit, remove, react, shown, typing, look, older, again } as const;
export type OperationName = keyof typeof OPERATIONS;
