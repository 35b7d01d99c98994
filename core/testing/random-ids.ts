import type { Random } from "../domain/ports/clock";
import { connectionIdOf, isDeviceId, isEntryId, isUserId } from "../domain/ids";
import type { ConnectionId, DeviceId, EntryId, UserId } from "../domain/ids";
import { below } from "./seeded-random";

/** Ids of every kind, well formed, each new. */
export class RandomIds {
  constructor(private readonly random: Random) {}

  user(): UserId {
    const id = [8, 4, 4, 4, 12].map((length) => this.text(length, "0123456789abcdef")).join("-");
    if (!isUserId(id)) throw new RangeError(`unable to make a user id; ${id} is none`);
    return id;
  }

  entry(): EntryId {
    const id = this.text(16, LETTERS);
    if (!isEntryId(id)) throw new RangeError(`unable to make an entry id; ${id} is none`);
    return id;
  }

  device(): DeviceId {
    const id = this.text(12, LETTERS);
    if (!isDeviceId(id)) throw new RangeError(`unable to make a device id; ${id} is none`);
    return id;
  }

  connection(): ConnectionId {
    return connectionIdOf(`${this.text(15, LETTERS)}=`);
  }

  private text(length: number, alphabet: string): string {
    return Array.from({ length }, () => alphabet[below(this.random, alphabet.length)]).join("");
  }
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
