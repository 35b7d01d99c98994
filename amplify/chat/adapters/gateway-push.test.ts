import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConnectionId } from "../../../core/domain/ids";
import type { Notice } from "../../../core/domain/notice";
import { pushContract } from "../../../core/testing/push.contract";
import { RandomIds } from "../../../core/testing/random-ids";
import { startListener, type Listener } from "../../../tests/fixtures/engine-listener";
import { GatewayPush } from "./gateway-push";
import { signedHttp } from "./signed-http";

const ids = new RandomIds(Math.random);
const send = signedHttp({ region: "us-east-1", accessKeyId: "local", secretAccessKey: "local" });
const world = { random: () => 0, pause: async () => {} };

/** A stage's `@connections` that answers each connection with the statuses it was given, the last for ever. */
const statuses = new Map<string, number[]>();
const posts: string[] = [];
let listener: Listener;
let push: GatewayPush;

beforeAll(async () => {
  listener = await startListener(({ request }) => {
    const id = decodeURIComponent(request.url?.replace("/chat/@connections/", "") ?? "");
    posts.push(id);
    const left = statuses.get(id) ?? [410];
    return { status: (left.length > 1 ? left.shift() : left[0]) ?? 410 };
  });
  push = new GatewayPush(`${listener.endpoint}/chat`, send, world);
});
afterAll(() => listener?.stop());

const answering = (...answers: number[]): ConnectionId => {
  const connection = ids.connection();
  statuses.set(connection, answers);
  return connection;
};
const countOf = (connection: ConnectionId) => posts.filter((id) => id === connection).length;

pushContract("through the gateway", () => ({
  push: { push: (connection, notice) => push.push(connection, notice) },
  open: () => answering(200),
  close: (connection) => void statuses.set(connection, [410]),
  fail: (connection) => void statuses.set(connection, [500]),
  arrived: countOf,
}));

describe("a push through the gateway", () => {
  const notice: Notice = { is: "presence", user: ids.user(), presence: { is: "online" } };

  it.each([429, 500, 503])("is tried once more after %i", async (status) => {
    const connection = answering(status, 200);

    expect(await push.push(connection, notice)).toBe("sent");
    expect(countOf(connection)).toBe(2);
  });

  it("gives up on a socket that takes nothing", async () => {
    const connection = answering(429);

    expect(await push.push(connection, notice)).toBe("failed");
    expect(countOf(connection)).toBe(2);
  });

  it("says gone of an id that was never a socket's", async () => {
    expect(await push.push(answering(400), notice)).toBe("gone");
  });

  it("says failed, at once, without permission", async () => {
    const connection = answering(403);

    expect(await push.push(connection, notice)).toBe("failed");
    expect(countOf(connection)).toBe(1);
  });
});
