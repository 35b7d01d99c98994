// Six people in eight conversations; three of them have two devices, and one of those speaks without a client too.

import { directConversation } from "../../../core/domain/conversation";
import type { ConversationId, UserId } from "../../../core/domain/ids";
import type { LogEntry } from "../history/event";
import { Recorder } from "../history/recorder";
import { Names } from "../simulation/names";
import type { SystemCloud } from "./cloud";
import { Device, type DeviceWorld } from "./device";
import { signUpMember, type Member } from "./people";
import { RawMember } from "./raw-member";
import { until } from "./until";

const DEVICES = {
  ada: ["ada-laptop", "ada-phone"],
  grace: ["grace-laptop", "grace-phone"],
  mallory: ["mallory-phone"],
  carol: ["carol-laptop", "carol-phone"],
  dan: ["dan-phone"],
  eve: ["eve-laptop"],
} as const;
type Who = keyof typeof DEVICES;
const PEOPLE = Object.keys(DEVICES) as readonly Who[];

/** Who opened it, and with whom. */
const TALKS: readonly (readonly [Who, Who])[] = [
  ["ada", "grace"],
  ["ada", "mallory"],
  ["ada", "carol"],
  ["grace", "carol"],
  ["grace", "dan"],
  ["carol", "dan"],
  ["dan", "eve"],
  ["eve", "mallory"],
];

/** Their stores may fail and be purged. What waited there is then nobody's fault, so the others' never do. */
export const FRAIL: readonly string[] = ["carol-phone", "eve-laptop"];

const PATIENCE_MS = 60_000;

export class World implements DeviceWorld {
  readonly recorder = new Recorder(() => Date.now());
  readonly names = new Names();
  readonly devices: Device[] = [];
  readonly conversations: ConversationId[] = [];
  private readonly people = new Map<Who, Member>();
  private rawMember: RawMember | undefined;

  private constructor(
    readonly seed: number,
    readonly cloud: SystemCloud,
  ) {}

  /** All are there, and somebody has said hello in each conversation. */
  static async assemble(seed: number, cloud: SystemCloud): Promise<World> {
    const world = new World(seed, cloud);
    world.recorder.tell({ is: "begin", layer: "system", subject: "parley", seed });
    for (const who of PEOPLE) await world.arrive(who);
    for (const [one, other] of TALKS)
      world.conversations.push(directConversation(world.member(one).user, world.member(other).user));
    for (const who of PEOPLE)
      for (const name of DEVICES[who]) world.devices.push(new Device(world, name, world.member(who)));
    for (const device of world.devices) {
      [device.looking] = world.conversationsOf(device.user);
      device.start();
    }
    await world.allLive();
    await world.nameAll();
    for (const [one, other] of TALKS) await world.open(one, other);
    world.rawMember = new RawMember(world, "mallory-raw", world.member("mallory"));
    return world;
  }

  get raw(): RawMember {
    if (!this.rawMember) throw new Error("unable to attack; nobody has arrived");
    return this.rawMember;
  }

  readonly conversationsOf = (user: UserId): readonly ConversationId[] =>
    this.conversations.filter((conversation) => conversation.split(".").includes(user));

  member(who: Who): Member {
    const member = this.people.get(who);
    if (!member) throw new Error(`unable to find ${who}; they have not arrived`);
    return member;
  }

  get members(): readonly Member[] {
    return [...this.people.values()];
  }

  device(name: string): Device {
    const device = this.devices.find((one) => one.name === name);
    if (!device) throw new Error(`unable to find ${name}; there is no such device`);
    return device;
  }

  /** As the history has it: the last `most` entries, or all. */
  async log(conversation: ConversationId, most?: number): Promise<readonly LogEntry[]> {
    const entries = await this.cloud.tables.log(conversation, most);
    return entries.map((entry) => this.names.logEntry(entry));
  }

  allLive(): Promise<void> {
    return until("all devices are live", () => this.devices.every(({ isUp }) => isUp), PATIENCE_MS);
  }

  private async arrive(who: Who): Promise<void> {
    const { cloud, recorder, names } = this;
    const member = await signUpMember(cloud.place, who, () => cloud.time.now());
    this.people.set(who, member);
    names.add(member.user, who);
    recorder.tell({ is: "person", user: member.user, handle: who });
  }

  private readonly handles = new Map<UserId, string>();

  /** The server gives handles; they are known once the profile is made. */
  private async nameAll(): Promise<void> {
    const handleOf = ({ client }: Device) => {
      const me = client.me.getSnapshot();
      return me.is === "known" ? me.me.handle : undefined;
    };
    await until("all have handles", () => this.devices.every((one) => handleOf(one)), PATIENCE_MS);
    for (const device of this.devices) this.handles.set(device.user, handleOf(device) ?? "");
  }

  private async open(one: Who, other: Who): Promise<void> {
    const [first] = this.devices.filter(({ user }) => user === this.member(one).user);
    const handle = this.handles.get(this.member(other).user) ?? "";
    const answer = await first?.client.open(handle);
    if (answer?.is !== "ok") throw new Error(`unable to open ${handle}; ${JSON.stringify(answer)}`);
  }
}
