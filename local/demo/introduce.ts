// A person of the demo, in the product: with a profile, as everybody who has opened the app has one.
//
// Why here, and not left to the app in the seat:
//   1  both seats open at once; Ada's asks for /chat/grace
//   2  Grace's app has not yet made her profile: there is no such handle
//   3  Ada is shown "nobody here is called grace"
// So both are introduced before either seat is shown.

import { VERSION } from "../../core/protocol/version";
import type { DemoPerson } from "./people";
import type { Frame } from "./terminal-socket";
import { openTerminalSocket } from "./terminal-socket";

export type Introduced = { readonly user: string; readonly handle: string };
export type Conversation = { readonly name: string; readonly tail: number };

export type Introduction = {
  readonly me: Introduced;
  /** The conversation with the person of this handle, made if there is none. */
  open(handle: string): Promise<Conversation>;
  end(): void;
};

export const deviceOf = (person: DemoPerson): string => `terminal-${person.handle}`;

const isObject = (value: unknown): value is Frame => typeof value === "object" && value !== null;

const introducedOf = (value: unknown): Introduced | undefined =>
  isObject(value) && typeof value["user"] === "string" && typeof value["handle"] === "string"
    ? { user: value["user"], handle: value["handle"] }
    : undefined;

const unexpected = (action: string, answer: Frame) =>
  new Error(
    `unable to prepare the demo; "${action}" was answered with ${String(answer["type"])} ${String(answer["code"] ?? "")}`,
  );

export const introduce = async (
  socketUrl: string,
  accessToken: string,
  person: DemoPerson,
): Promise<Introduction> => {
  const socket = await openTerminalSocket(socketUrl, accessToken);

  const makeProfile = async (handle?: string): Promise<Introduced> => {
    const answer = await socket.ask({ action: "profile", name: person.name, ...(handle ? { handle } : {}) });
    // Somebody else got there first: the server finds a free one by the name.
    if (handle && answer["code"] === "handle-taken") return makeProfile();
    const me = introducedOf(answer["me"]);
    if (!me) throw unexpected("profile", answer);
    return me;
  };

  try {
    const welcome = await socket.ask({ action: "hello", device: deviceOf(person), version: VERSION });
    if (welcome["type"] !== "welcome") throw unexpected("hello", welcome);
    const me = introducedOf(welcome["me"]) ?? (await makeProfile(person.handle));
    return {
      me,
      async open(handle) {
        const answer = await socket.ask({ action: "open", handle });
        const rows: unknown = answer["rows"];
        const row: unknown = Array.isArray(rows) ? rows[0] : undefined;
        if (!isObject(row) || typeof row["conversation"] !== "string") throw unexpected("open", answer);
        const tail = isObject(row["tail"]) ? Number(row["tail"]["seq"]) : 0;
        return { name: row["conversation"], tail };
      },
      end: () => socket.close(),
    };
  } catch (error) {
    socket.close();
    throw error;
  }
};
