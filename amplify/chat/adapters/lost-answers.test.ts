// A write may be applied and still answer with an error or not at all (what DynamoDB does and no local engine
// does by itself). Each adapter must then stay truthful at the repetition.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { directConversation } from "../../../core/domain/conversation";
import { isHandle, NO_SEQ, seqOf } from "../../../core/domain/ids";
import { HELD_HANDLES } from "../../../core/domain/limits";
import { messageEntry } from "../../../core/testing/entries";
import { RandomIds } from "../../../core/testing/random-ids";
import { missing, startEngine, type Engine } from "../../../tests/fixtures/engine";
import { engineLine, makeTables } from "../../../tests/fixtures/engine-tables";
import { BY_ACTIVITY } from "../names";
import { NoAnswer } from "./aws-error";
import { Dynamo } from "./dynamo";
import { dynamoCall } from "./dynamo-call";
import { DynamoConnections } from "./dynamo-connections";
import { DynamoInbox } from "./dynamo-inbox";
import { DynamoLog } from "./dynamo-log";
import { DynamoPeople } from "./dynamo-people";
import type { HttpAnswer, SendSigned } from "./signed-http";

const ids = new RandomIds(Math.random);
const world = { random: () => 0, pause: async () => {} };
const engineName = missing("dynoxide") === undefined ? "dynoxide" : "dynamodb-local";
const lacking = missing(engineName);

describe.skipIf(lacking !== undefined)(`when answers are lost (on ${engineName})`, () => {
  let engine: Engine | undefined;
  let lose: (answer: HttpAnswer) => HttpAnswer = (answer) => answer;
  let dynamo: Dynamo;

  /** The next write is applied; its answer is this instead. */
  const loseNext = (instead: HttpAnswer | "silence") => {
    lose = () => {
      lose = (answer) => answer;
      if (instead === "silence") throw new NoAnswer("lost");
      return instead;
    };
  };
  const isWrite = (target: string | undefined) => !/Query|Get/.test(target ?? "");

  beforeAll(async () => {
    engine = await startEngine(engineName);
    await makeTables(engine);
    const real = engineLine();
    const send: SendSigned = async (request) => {
      const answer = await real(request);
      return isWrite(request.headers["X-Amz-Target"]) ? lose(answer) : answer;
    };
    dynamo = new Dynamo(dynamoCall(engine.endpoint, send, world), world);
  });
  afterAll(() => engine?.stop());

  const [me, peer] = [ids.user(), ids.user()];
  const conversation = directConversation(me, peer);
  const entryAt = (seq: number) =>
    messageEntry({ conversation, seq, id: ids.entry(), from: me, device: ids.device() });

  describe.each([
    ["silence", "silence"],
    ["an error", { status: 500, body: '{"__type":"InternalServerError"}' }],
    ["a page of something in between", { status: 503, body: "<html>" }],
  ] as const)("%s", (_title, instead) => {
    const inbox = () => new DynamoInbox(dynamo, "Inbox", BY_ACTIVITY);
    const people = () => new DynamoPeople(dynamo, "People");
    beforeEach(() => {
      lose = (answer) => answer;
    });

    it("an entry that is in says that it was appended, and is in once", async () => {
      const log = new DynamoLog(dynamo, "Log");
      const entry = entryAt(seqOf(((await log.tail(conversation))?.seq ?? NO_SEQ) + 1));
      loseNext(instead);

      expect(await log.append(entry)).toBe("appended");

      expect(await log.tail(conversation)).toStrictEqual(entry);
      expect(await log.append(entryAt(entry.seq))).toBe("taken");
    });

    it("an entry whose slot somebody else filled meanwhile says that it is taken", async () => {
      const log = new DynamoLog(dynamo, "Log");
      const theirs = entryAt(seqOf(((await log.tail(conversation))?.seq ?? NO_SEQ) + 1));
      await log.append(theirs);
      loseNext(instead);

      expect(await log.append(entryAt(theirs.seq))).toBe("taken");
      // The same message from another attempt answers for itself: only its own instant is its own.
      loseNext(instead);
      expect(await log.append({ ...theirs, at: theirs.at + 1 })).toBe("taken");
    });

    it("watermarks that rose are told", async () => {
      await inbox().open(me, conversation, 1);
      const delivered = seqOf(((await inbox().row(me, conversation))?.delivered ?? NO_SEQ) + 1);
      loseNext(instead);

      expect(await inbox().raise(me, conversation, { delivered })).toMatchObject({ delivered });
      expect(await inbox().raise(me, conversation, { delivered })).toBe("unchanged");
    });

    it("a row that was opened is answered as it stands", async () => {
      const one = directConversation(me, ids.user());
      loseNext(instead);

      expect(await inbox().open(me, one, 5)).toMatchObject({ activeAt: 5, delivered: 0 });
    });

    it("a person who was saved is saved, and holds the handles that they gave up", async () => {
      const user = ids.user();
      const handles = Array.from({ length: HELD_HANDLES + 2 }, handle);
      const now = Date.now();
      for (const chosen of handles) {
        loseNext(instead);

        expect(await people().save({ user, name: "Ada", handle: chosen }, now)).toBe("saved");
      }

      const last = { user, name: "Ada", handle: handles.at(-1) };
      const [oldest, ...others] = await Promise.all(handles.map((each) => people().byHandle(each, now)));
      expect(oldest).toBeUndefined();
      for (const each of others) expect(each).toEqual(last);
    });

    it("a socket that was dropped was there", async () => {
      const connections = new DynamoConnections(dynamo, "Connections");
      const connection = ids.connection();
      await connections.connecting(me, connection, Date.now() + 60_000);
      loseNext(instead);

      expect(await connections.drop(me, connection)).toBe(true);
      expect(await connections.drop(me, connection)).toBe(false);
    });
  });
});

function handle() {
  const text = `h${ids.entry().toLowerCase()}`;
  if (!isHandle(text)) throw new RangeError(`unable to make a handle; ${text} is none`);
  return text;
}
