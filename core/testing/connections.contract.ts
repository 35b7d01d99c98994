import { beforeEach, describe, expect, it } from "vitest";
import { directConversation } from "../domain/conversation";
import type { UserId } from "../domain/ids";
import type { Connections, ReadyConnection, Watches } from "../domain/ports/connections";
import { RandomIds } from "./random-ids";

const ids = new RandomIds(Math.random);
/** The real time: a table may delete rows whose time is really over. */
const now = Date.now();
const HOUR_MS = 3_600_000;

const readyFor = (user: UserId, expiresAt = now + HOUR_MS): ReadyConnection => ({
  user,
  connection: ids.connection(),
  device: ids.device(),
  expiresAt,
});

/** What everyone who knows who is connected promises. */
export function connectionsContract(name: string, make: () => Connections | Promise<Connections>): void {
  describe(`the connections contract, ${name}`, () => {
    let connections: Connections;
    let me: UserId;

    beforeEach(async () => {
      connections = await make();
      me = ids.user();
    });

    it("has nobody ready at first", async () => {
      expect(await connections.readyOf(me, now)).toEqual([]);
    });

    it("does not answer with a socket that has not said hello", async () => {
      await connections.connecting(me, ids.connection(), now + HOUR_MS);

      expect(await connections.readyOf(me, now)).toEqual([]);
    });

    it("answers at once with a socket that is ready", async () => {
      const socket = readyFor(me);
      await connections.connecting(me, socket.connection, now + HOUR_MS);

      await connections.ready(socket);

      expect(await connections.readyOf(me, now)).toStrictEqual([socket]);
    });

    it("answers with every socket of a person and with nobody else's", async () => {
      const sockets = [readyFor(me), readyFor(me), readyFor(me)];
      await Promise.all([...sockets, readyFor(ids.user())].map((socket) => connections.ready(socket)));

      const ready = await connections.readyOf(me, now);

      expect(new Set(ready)).toEqual(new Set(sockets));
      expect(ready).toHaveLength(3);
    });

    it("keeps one row a socket", async () => {
      const socket = readyFor(me);
      await connections.ready(socket);

      const later = { ...socket, device: ids.device(), expiresAt: now + 2 * HOUR_MS };
      await connections.ready(later);

      expect(await connections.readyOf(me, now)).toStrictEqual([later]);
    });

    it("ignores a row from its last instant on, though it is still there", async () => {
      const socket = readyFor(me, now + 60_000);
      await connections.ready(socket);

      expect(await connections.readyOf(me, now + 59_999)).toHaveLength(1);
      expect(await connections.readyOf(me, now + 60_000)).toEqual([]);
    });

    it("still knows for a while when a row's time was over", async () => {
      const over = readyFor(me, now - 60_000);
      await connections.ready(over);

      expect(await connections.readyOf(me, 0)).toStrictEqual([over]);
    });

    it("drops one socket, once, and leaves the others", async () => {
      const [gone, stays] = [readyFor(me), readyFor(me)];
      await connections.ready(gone);
      await connections.ready(stays);

      expect(await connections.drop(me, gone.connection)).toBe(true);
      expect(await connections.drop(me, gone.connection)).toBe(false);

      expect(await connections.readyOf(me, now)).toStrictEqual([stays]);
    });

    it("drops a socket that never said hello", async () => {
      const connection = ids.connection();
      await connections.connecting(me, connection, now + HOUR_MS);

      expect(await connections.drop(me, connection)).toBe(true);
    });
  });
}

/** What everyone who knows who is watching promises. */
export function watchesContract(name: string, make: () => Watches | Promise<Watches>): void {
  describe(`the watches contract, ${name}`, () => {
    let watches: Watches;
    let person: UserId;
    const watch = async (watcher: ReadyConnection) => {
      await watches.watch(watcher, person, directConversation(watcher.user, person));
      return { user: watcher.user, connection: watcher.connection };
    };

    beforeEach(async () => {
      watches = await make();
      person = ids.user();
    });

    it("has no watchers at first", async () => {
      expect(await watches.watchersOf(person, now)).toEqual([]);
    });

    it("answers with every watching socket once, and for this person only", async () => {
      const socket = readyFor(ids.user());
      const first = await watch(socket);
      const second = await watch(readyFor(ids.user()));
      const third = await watch(readyFor(socket.user));
      await watch(socket);

      const watchers = await watches.watchersOf(person, now);

      expect(watchers).toHaveLength(3);
      expect(new Set(watchers)).toEqual(new Set([first, second, third]));
      expect(await watches.watchersOf(socket.user, now)).toEqual([]);
    });

    it("lets one socket watch several people", async () => {
      const socket = readyFor(ids.user());
      const watcher = await watch(socket);
      const other = ids.user();
      await watches.watch(socket, other, directConversation(socket.user, other));

      expect(await watches.watchersOf(person, now)).toEqual([watcher]);
      expect(await watches.watchersOf(other, now)).toEqual([watcher]);
    });

    it("forgets a watcher whose socket's time is over", async () => {
      await watch(readyFor(ids.user(), now + 60_000));

      expect(await watches.watchersOf(person, now + 59_999)).toHaveLength(1);
      expect(await watches.watchersOf(person, now + 60_000)).toEqual([]);
    });

    it("forgets a watcher who stops, and is not troubled by one who never watched", async () => {
      const stays = await watch(readyFor(ids.user()));
      const stops = await watch(readyFor(ids.user()));

      await watches.unwatch(person, stops.connection);
      await watches.unwatch(person, ids.connection());

      expect(await watches.watchersOf(person, now)).toEqual([stays]);
    });
  });
}
