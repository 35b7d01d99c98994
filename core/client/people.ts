// Finding a person by handle, and being somebody oneself.

import { checkHandle } from "../domain/handle";
import type { ConversationId } from "../domain/ids";
import type { Person } from "../domain/person";
import type { Answer, ChatClient } from "./chat-client.types";
import type { Device } from "./device.types";
import { passed } from "./patience";
import type { AskedAction, Reply } from "./requests";
import type { Summary, Welcome } from "./told.types";

/** Who signed up without a name, or with one that is no name: they can change it in the settings. */
const NAMELESS = "New here";

/** How long a newcomer's first conversation waits for their profile. */
const NAMING_MS = 10_000;

export interface People {
  open: ChatClient["open"];
  saveProfile: ChatClient["saveProfile"];
  /** Makes the profile of a person who has none yet. */
  welcomed(welcome: Welcome): Promise<void>;
}

export type PeopleNeeds = {
  /** False when the line does not come up. */
  readonly up: () => Promise<boolean>;
  readonly became: (person: Person) => void;
  readonly take: (rows: readonly Summary[]) => void;
};

export function createPeople(device: Device, { up, became, take }: PeopleNeeds): People {
  const { connection, timelines, timers } = device;
  /** Settled once the person of this socket has a profile, or could not be given one. */
  let profile: Promise<void> = Promise.resolve();

  async function save(profile: { readonly name: string; readonly handle?: string }): Promise<Answer<Person>> {
    const reply = await connection.ask({ action: "profile", ...profile });
    if (reply.is === "answered") became(reply.answer.me);
    return answerOf(reply, ({ me }) => me);
  }

  async function makeProfile(): Promise<void> {
    const name = await device.tokens.displayName().catch(() => undefined);
    const answer = name === undefined ? undefined : await save({ name });
    if (!answer || (answer.is === "refused" && answer.code === "bad-name")) await save({ name: NAMELESS });
  }

  return {
    open: async (text) => {
      const handle = checkHandle(text);
      if (!handle) return { is: "refused", code: "unknown-handle" };
      const known = timelines.all().find(({ kept }) => kept.peer.handle === handle);
      if (known) return { is: "ok", value: known.kept.conversation };
      if (!(await up())) return { is: "unreachable" };
      // The server opens nothing for somebody without a name, and a newcomer gets theirs only now.
      await Promise.race([profile, passed(timers, NAMING_MS)]);
      const reply = await connection.ask({ action: "open", handle });
      const row = reply.is === "answered" ? reply.answer.rows[0] : undefined;
      if (reply.is === "answered" && !row) return { is: "unreachable" };
      if (row) take([row]);
      return answerOf(reply, ({ rows }): ConversationId => rows[0]!.conversation);
    },
    saveProfile: async (profile) => ((await up()) ? save(profile) : { is: "unreachable" }),
    welcomed: ({ me }) => (profile = me ? Promise.resolve() : makeProfile()),
  };
}

function answerOf<A extends AskedAction, T>(
  reply: Reply<A>,
  value: (answer: Extract<Reply<A>, { is: "answered" }>["answer"]) => T,
): Answer<T> {
  switch (reply.is) {
    case "answered":
      return { is: "ok", value: value(reply.answer) };
    case "refused": {
      const { code, delayMs } = reply;
      return { is: "refused", code, ...(delayMs !== undefined && { delayMs }) };
    }
    case "lost":
      return { is: "unreachable" };
    default:
      return reply satisfies never;
  }
}
