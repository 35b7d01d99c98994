// Pushing. A push is a hint: whatever becomes of it, the log has the truth. All of it is awaited, because a
// function is frozen when it returns.

import type { Caller } from "./caller";
import type { UserId } from "./ids";
import type { Notice } from "./notice";
import { vanish } from "./leave";
import type { ReadyConnection } from "./ports/connections";
import type { Ports } from "./ports/ports";

export type DeliverPorts = Pick<Ports, "connections" | "watches" | "people" | "push" | "clock">;

/** What the speaker is to know besides: that their socket has no row that is ready, and no push reaches it. */
export type Unreached = boolean;

/**
 * Tells every ready device of these people, but the socket that spoke. Their sockets are read now and never
 * remembered: call it after what is told has been stored, or a device that said hello in between hears nothing.
 */
export async function deliver(
  ports: DeliverPorts,
  people: readonly UserId[],
  notices: readonly Notice[],
  speaker: Caller,
): Promise<Unreached> {
  const ready = await devicesOf(ports, people);
  const others = ready.filter(({ connection }) => connection !== speaker.connection);
  await pushAll(ports, others, notices);
  return others.length === ready.length && people.includes(speaker.user);
}

export async function devicesOf(
  { connections, clock }: Pick<Ports, "connections" | "clock">,
  people: readonly UserId[],
): Promise<readonly ReadyConnection[]> {
  const ready = await Promise.all(people.map((user) => connections.readyOf(user, clock.now())));
  return ready.flat();
}

export async function pushAll(
  ports: DeliverPorts,
  devices: readonly ReadyConnection[],
  notices: readonly Notice[],
): Promise<void> {
  await Promise.all(devices.map((device) => pushInOrder(ports, device, notices)));
}

/** One after the other, so that a device gets entries in the order of the log. */
async function pushInOrder(
  ports: DeliverPorts,
  device: ReadyConnection,
  notices: readonly Notice[],
): Promise<void> {
  for (const notice of notices) {
    if ((await ports.push.push(device.connection, notice)) === "gone") return vanish(ports, device);
  }
}
