import { setTimeout } from "node:timers/promises";
import { nextOf } from "../../amplify/chat/adapters/inbox-next";
import { conversationOf, membersOf } from "../../core/domain/conversation";
import { NO_SEQ } from "../../core/domain/ids";
import { isTold } from "../../core/protocol/told";
import { VERSION } from "../../core/protocol/version";
import { RawSocket } from "../fixtures/raw-socket";
import { admit, type HostileCloud } from "./cloud";
import { SILENCE, type Frame, type Seat, type Stage } from "./stage";

export type WireSeat = Seat & { readonly connection: string; readonly token: string };

/** What is told has an answer within milliseconds, if it has one. */
const TOLD_MS = 500;

export function wireStage({ cloud, socketUrl }: HostileCloud): Stage & { readonly seats: WireSeat[] } {
  const seats: WireSeat[] = [];

  const sit = async (name: string): Promise<WireSeat> => {
    const { email, user, token } = await admit(cloud, name);
    const before = new Set(cloud.gateway.connections().map(({ id }) => id));
    const socket = await RawSocket.open(socketUrl, ["chat.v1", `jwt.${token}`]);
    const connection = cloud.gateway.connections().find(({ id }) => !before.has(id))?.id ?? "";
    const ask = (frame: Frame): Promise<Frame> => {
      const seen = socket.received.length;
      const isAnswer = (answer: Frame) =>
        answer["ref"] === frame["ref"] && socket.received.indexOf(answer) >= seen;
      socket.sendText(JSON.stringify(frame));
      const answer = socket.next(isAnswer, JSON.stringify(frame));
      if (!isTold(frame["action"])) return answer;
      // Nothing comes, where it is done, and then nobody minds.
      return Promise.race([answer.catch(() => SILENCE), setTimeout(TOLD_MS, SILENCE)]);
    };
    const pushed = () =>
      socket.received.filter((frame) => !("ref" in frame)).map((frame) => JSON.stringify(frame));
    const seat: WireSeat = {
      ...{ user, ask, pushed, connection, token, secrets: [email, token, connection] },
      ...{ name: `${name} canary`, handle: `${name}-canary`, device: `device-of-${name}` },
    };
    seats.push(seat);
    return seat;
  };

  return {
    seats,
    silentSeat: sit,
    async seat(name) {
      const seat = await sit(name);
      await seat.ask({ action: "hello", ref: "hello", device: seat.device, version: VERSION });
      await seat.ask({ action: "profile", ref: "profile", name: seat.name, handle: seat.handle });
      return seat;
    },
    cursor: (text, activeAt) => {
      const [user] = membersOf(text) ?? [];
      const conversation = user && conversationOf(text, user);
      if (!user || !conversation) throw new Error(`unable to make a cursor; ${text} is no conversation`);
      const marks = { floor: NO_SEQ, delivered: NO_SEQ, read: NO_SEQ, tallyAtRead: {} };
      return nextOf({ user, conversation, activeAt, ...marks });
    },
  };
}
