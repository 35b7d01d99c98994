import type { Caller } from "../domain/caller";
import { directConversation } from "../domain/conversation";
import type { ConversationId, DeviceId, Handle, UserId } from "../domain/ids";
import { isHandle } from "../domain/ids";
import { CONNECTION_MS, RATE_MESSAGES } from "../domain/limits";
import type { Person } from "../domain/person";
import type { Ports } from "../domain/ports/ports";
import { FakeClock } from "./fake-clock";
import { MemoryConnections, MemoryWatches } from "./memory-connections";
import { MemoryInbox } from "./memory-inbox";
import { MemoryLog } from "./memory-log";
import { MemoryPeople } from "./memory-people";
import { RandomIds } from "./random-ids";
import { RecordingPush } from "./recording-push";
import { seededRandom } from "./seeded-random";

/** One socket of one person, as the use cases and the checks of a test know it. */
export type Seat = Caller & { readonly device: DeviceId; readonly person: Person };

/** Every port in memory, wired up, with people in it. The same seed makes the same world. */
export class MemoryWorld implements Ports {
  readonly clock = new FakeClock();
  readonly random;
  readonly ids;
  readonly log = new MemoryLog();
  readonly inbox = new MemoryInbox();
  readonly connections = new MemoryConnections();
  readonly watches = new MemoryWatches();
  readonly people = new MemoryPeople();
  readonly push = new RecordingPush();
  readonly pace = { entriesAWindow: RATE_MESSAGES };

  constructor(seed = 1) {
    this.random = seededRandom(seed);
    this.ids = new RandomIds(this.random);
  }

  /** A person with a profile and one ready socket. */
  async seat(handle: string): Promise<Seat> {
    const person: Person = { user: this.ids.user(), name: nameOf(handle), handle: checkedHandle(handle) };
    await this.people.save(person, this.clock.now());
    return this.anotherSeat(person);
  }

  /** One more device of the same person. */
  async anotherSeat(person: Person): Promise<Seat> {
    const seat: Seat = {
      user: person.user,
      connection: this.ids.connection(),
      device: this.ids.device(),
      person,
    };
    await this.connections.ready({ ...seat, expiresAt: this.clock.now() + CONNECTION_MS });
    return seat;
  }

  /** The conversation of two, opened by the first. */
  async opened(one: { readonly user: UserId }, other: { readonly user: UserId }): Promise<ConversationId> {
    const conversation = directConversation(one.user, other.user);
    await this.inbox.open(one.user, conversation, this.clock.now());
    return conversation;
  }
}

export const memoryWorld = (seed?: number) => new MemoryWorld(seed);

const nameOf = (handle: string) => handle.charAt(0).toUpperCase() + handle.slice(1);

function checkedHandle(text: string): Handle {
  if (!isHandle(text)) throw new RangeError(`unable to seat a person; ${text} is no handle`);
  return text;
}
