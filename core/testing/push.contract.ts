import { beforeEach, describe, expect, it } from "vitest";
import type { ConnectionId } from "../domain/ids";
import type { Notice } from "../domain/notice";
import type { Push } from "../domain/ports/push";
import { RandomIds } from "./random-ids";

const ids = new RandomIds(Math.random);

/** A push and the gateway behind it, as the test can turn it. */
export type PushStand = {
  readonly push: Push;
  /** An open socket. */
  readonly open: () => ConnectionId | Promise<ConnectionId>;
  readonly close: (connection: ConnectionId) => void | Promise<void>;
  /** From here on nobody can tell what becomes of a push to this socket. */
  readonly fail: (connection: ConnectionId) => void | Promise<void>;
  /** How many notices have arrived at it. */
  readonly arrived: (connection: ConnectionId) => number | Promise<number>;
};

/** What every push promises. */
export function pushContract(name: string, makeStand: () => PushStand | Promise<PushStand>): void {
  describe(`the push contract, ${name}`, () => {
    let stand: PushStand;
    const notice: Notice = { is: "presence", user: ids.user(), presence: { is: "online" } };

    beforeEach(async () => {
      stand = await makeStand();
    });

    it("reaches an open socket, and no other", async () => {
      const [one, other] = [await stand.open(), await stand.open()];

      expect(await stand.push.push(one, notice)).toBe("sent");

      expect(await stand.arrived(one)).toBe(1);
      expect(await stand.arrived(other)).toBe(0);
    });

    it("says gone of a socket that is closed", async () => {
      const connection = await stand.open();
      await stand.close(connection);

      expect(await stand.push.push(connection, notice)).toBe("gone");
    });

    it("says failed, and does not throw, when nobody can tell", async () => {
      const connection = await stand.open();
      await stand.fail(connection);

      expect(await stand.push.push(connection, notice)).toBe("failed");
    });
  });
}
