// Wrong ways to append. Each is the product's `send` with one of its steps exchanged.

import { appendWith, type Append } from "../../../core/domain/append";
import { applyToTarget } from "../../../core/domain/apply-to-target";
import { checkDraft } from "../../../core/domain/check-draft";
import { pushAll, devicesOf } from "../../../core/domain/deliver";
import type { Entry } from "../../../core/domain/entry";
import { hearersOf } from "../../../core/domain/hearers";
import { isDeviceId, seqOf, type ConversationId } from "../../../core/domain/ids";
import { requireMember } from "../../../core/domain/known-conversation";
import { membersOf } from "../../../core/domain/conversation";
import { Refusal } from "../../../core/domain/refusal";
import { sever } from "../../../core/domain/sever";
import { findOwn, readStretch } from "../../../core/domain/stretch";
import type { ServePorts } from "../../../core/protocol/serve";
import { servingSend, type Send } from "./serving-send";
import type { Bug } from "./planted";

type AppendOne = (ports: ServePorts, append: Append) => Promise<Entry>;

const appendOwn =
  (find: typeof findOwn): AppendOne =>
  async (ports, append) =>
    (await appendWith({ read: readStretch, findOwn: find })(ports, append)).entry;

/** The product's order: append, carry out, then look who is there and tell them. */
const sendBy =
  (append: AppendOne): Send =>
  async (ports, caller, request) => {
    const { drafts, ...batch } = checked(caller.user, request);
    const appended: Entry[] = [];
    for (const draft of drafts) {
      const entry = await append(ports, { ...batch, from: caller.user, draft });
      appended.push(await applyToTarget(ports, entry));
      await sever(ports, entry);
    }
    const last = appended.at(-1);
    if (last) {
      const devices = await devicesOf(ports, await hearersOf(ports, last));
      const others = devices.filter(({ connection }) => connection !== caller.connection);
      await pushAll(ports, others, [{ is: "entries", entries: appended }]);
    }
    return { appended };
  };

function checked(user: Parameters<typeof requireMember>[1], request: Parameters<Send>[2]) {
  const { device, after, entries } = request;
  if (!isDeviceId(device)) throw new Refusal("bad-frame");
  const conversation = requireMember(request.conversation, user);
  return { conversation, device, after: seqOf(after), drafts: entries.map(checkDraft) };
}

/** The number comes from a counter of its own: a crash between the two leaves a hole for good. */
function counterThenPut(): Send {
  const counters = new Map<ConversationId, number>();
  const numbered: AppendOne = async (ports, append) => {
    let seq = counters.get(append.conversation);
    const log: ServePorts["log"] = {
      ...bound(ports.log),
      append: async (entry) => {
        // The counter is written first, and read back by whoever comes next.
        seq = Math.max(entry.seq, (counters.get(entry.conversation) ?? 0) + 1);
        counters.set(entry.conversation, seq);
        const numberedEntry = { ...entry, seq: seqOf(seq) };
        const outcome = await ports.log.append(numberedEntry);
        if (outcome === "appended") Object.assign(entry, numberedEntry);
        return outcome;
      },
    };
    return appendOwn(findOwn)({ ...ports, log }, append);
  };
  return sendBy(numbered);
}

/** A port's methods, so that some of them can be exchanged. */
export function bound(log: ServePorts["log"]): ServePorts["log"] {
  return {
    readFrom: (...by) => log.readFrom(...by),
    readBefore: (...by) => log.readBefore(...by),
    tail: (...by) => log.tail(...by),
    append: (...by) => log.append(...by),
    amend: (...by) => log.amend(...by),
    eraseEdit: (...by) => log.eraseEdit(...by),
  };
}

/** Who said hello between this look and the put reads the log before it, and is not told after it. */
const devicesBeforePut: Send = async (ports, caller, request) => {
  const members = membersOf(request.conversation) ?? [];
  const devices = await devicesOf(ports, members);
  const none = { ...ports, push: { push: async () => "sent" as const } };
  const sent = await sendBy(appendOwn(findOwn))(none, caller, request);
  const others = devices.filter(({ connection }) => connection !== caller.connection);
  await pushAll(ports, others, [{ is: "entries", entries: sent.appended }]);
  return sent;
};

/** Says where it will stand, and puts it there when there is time: the function is frozen before that. */
const answerBeforeCommit: Send = (ports, caller, request) => {
  let answer: (entry: Entry) => void = () => {};
  const promised = new Promise<Entry>((resolve) => (answer = resolve));
  const log: ServePorts["log"] = {
    ...bound(ports.log),
    append: (entry) => {
      answer(entry);
      return ports.log.append(entry);
    },
  };
  const sent = sendBy(appendOwn(findOwn))({ ...ports, log }, caller, request);
  return Promise.race([sent, promised.then((entry) => ({ appended: [entry] }))]);
};

export const SEND_BUGS = {
  B2: {
    what: "counter then put",
    breaks: ["I2", "I3", "I14"],
    plant: () => ({ serve: servingSend(counterThenPut()) }),
  },
  B3: {
    what: "no look for one's own id",
    breaks: ["I2"],
    plant: () => ({ serve: servingSend(sendBy(appendOwn(() => undefined))) }),
  },
  B4: {
    what: "idempotency by id alone, across users",
    breaks: ["I1"],
    seed: 3,
    plant: () => ({
      serve: servingSend(
        sendBy(appendOwn(({ entries }, _user, id) => entries.find((entry) => entry.id === id))),
      ),
    }),
  },
  B17: {
    what: "the devices read before the put",
    breaks: ["I10"],
    seed: 9,
    plant: () => ({ serve: servingSend(devicesBeforePut) }),
  },
  B18: {
    what: "`from` taken from the frame",
    breaks: ["I9"],
    seed: 3,
    plant: () => ({
      serve: async (ports: ServePorts, caller: Parameters<Send>[1], text: string) => {
        const [claimed, rest] = claimedIn(text);
        return servingSend(sendBy(appendOwn(findOwn)))(
          ports,
          claimed === undefined ? caller : { ...caller, user: claimed },
          rest,
        );
      },
    }),
  },
  B20: {
    what: "the answer before the commit",
    breaks: ["I1"],
    plant: () => ({ serve: servingSend(answerBeforeCommit) }),
  },
} as const satisfies Partial<Record<string, Bug>>;

/** Whom a frame says that it is from, and the frame without that. */
function claimedIn(text: string): readonly [Parameters<Send>[1]["user"] | undefined, string] {
  const [claim, user] = /,"from":"([^"]+)"/.exec(text) ?? [];
  if (claim === undefined) return [undefined, text];
  // That is the bug: the frame is believed.
  return [user as Parameters<Send>[1]["user"], text.replace(claim, "")];
}
