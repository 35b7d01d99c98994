// Who is there and what they stand on: in a run of everyone six people in eight conversations, three of them with two
// devices, and one who speaks without a client too.

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

export type Cast = {
  /** The devices of each person. */
  readonly devices: Readonly<Record<string, readonly string[]>>;
  /** Who opened it, and with whom. */
  readonly talks: readonly (readonly [string, string])[];
  /** Who speaks without a client too. */
  readonly raw?: string;
};

export const EVERYONE: Cast = {
  devices: {
    ada: ["ada-laptop", "ada-phone"],
    grace: ["grace-laptop", "grace-phone"],
    mallory: ["mallory-phone"],
    carol: ["carol-laptop", "carol-phone"],
    dan: ["dan-phone"],
    eve: ["eve-laptop"],
  },
  talks: [
    ["ada", "grace"],
    ["ada", "mallory"],
    ["ada", "carol"],
    ["grace", "carol"],
    ["grace", "dan"],
    ["carol", "dan"],
    ["dan", "eve"],
    ["eve", "mallory"],
  ],
  raw: "mallory",
};

/** Their stores may fail and be purged. What waited there is then nobody's fault, so the others' never do. */
export const FRAIL: readonly string[] = ["carol-phone", "eve-laptop"];

const PATIENCE_MS = 60_000;

export class World implements DeviceWorld {
  readonly recorder = new Recorder(() => Date.now());
  readonly names = new Names();
  readonly devices: Device[] = [];
  readonly conversations: ConversationId[] = [];
  private readonly people = new Map<string, Member>();
  private rawMember: RawMember | undefined;

  private constructor(
    readonly seed: number,
    readonly cloud: SystemCloud,
  ) {}

  /** All are there, and somebody has said hello in each conversation. */
  static async assemble(seed: number, cloud: SystemCloud, cast = EVERYONE): Promise<World> {
    const world = new World(seed, cloud);
    world.recorder.tell({ is: "begin", layer: "system", subject: "parley", seed });
    const people = Object.entries(cast.devices);
    for (const [who] of people) await world.arrive(who);
    for (const [one, other] of cast.talks)
      world.conversations.push(directConversation(world.member(one).user, world.member(other).user));
    // One device of each comes first and makes the profile.
    const first = people.map(([who, [name = who]]) => new Device(world, name, world.member(who)));
    await world.come(first);
    await world.nameAll();
    const others = people.flatMap(([who, [, ...names]]) =>
      names.map((name) => new Device(world, name, world.member(who))),
    );
    await world.come(others);
    for (const [one, other] of cast.talks) await world.open(one, other);
    if (cast.raw !== undefined)
      world.rawMember = new RawMember(world, `${cast.raw}-raw`, world.member(cast.raw));
    return world;
  }

  get raw(): RawMember {
    if (!this.rawMember) throw new Error("unable to attack; nobody has arrived");
    return this.rawMember;
  }

  readonly conversationsOf = (user: UserId): readonly ConversationId[] =>
    this.conversations.filter((conversation) => conversation.split(".").includes(user));

  member(who: string): Member {
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

  private async come(devices: readonly Device[]): Promise<void> {
    this.devices.push(...devices);
    for (const device of devices) {
      [device.looking] = this.conversationsOf(device.user);
      device.start();
    }
    const late = () => devices.find(({ isUp }) => !isUp);
    await until(() => late() && `${late()?.name} is not live`, PATIENCE_MS);
  }

  private async arrive(who: string): Promise<void> {
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
    const unnamed = () => this.devices.find((one) => handleOf(one) === undefined);
    await until(() => unnamed() && `${unnamed()?.name} has no handle`, PATIENCE_MS);
    for (const device of this.devices) this.handles.set(device.user, handleOf(device) ?? "");
  }

  private async open(one: string, other: string): Promise<void> {
    const [first] = this.devices.filter(({ user }) => user === this.member(one).user);
    const handle = this.handles.get(this.member(other).user) ?? "";
    const answer = await first?.client.open(handle);
    if (answer?.is !== "ok") throw new Error(`unable to open ${handle}; ${JSON.stringify(answer)}`);
  }
}
