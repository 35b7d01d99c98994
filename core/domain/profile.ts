import type { Caller } from "./caller";
import { checkHandle, handlesFor } from "./handle";
import type { Handle, UserId } from "./ids";
import { checkName } from "./name";
import type { Person } from "./person";
import type { Ports } from "./ports/ports";
import { Refusal } from "./refusal";

export type ProfileRequest = { readonly name: string; readonly handle?: string | undefined };
export type ProfilePorts = Pick<Ports, "people" | "random" | "clock">;

/** Stores a person's name and, if they name one, their handle. Without one they keep theirs or get a free one. */
export async function profile(ports: ProfilePorts, caller: Caller, request: ProfileRequest): Promise<Person> {
  const { user } = caller;
  const name = checkName(request.name);
  if (name === undefined) throw new Refusal("bad-name");
  if (request.handle !== undefined) {
    const handle = checkHandle(request.handle);
    if (!handle) throw new Refusal("bad-handle");
    return claim(ports, { user, name, handle });
  }
  const existing = await ports.people.byId(user);
  return existing ? claim(ports, { ...existing, name }) : claimAny(ports, user, name);
}

async function claim({ people, clock }: ProfilePorts, person: Person): Promise<Person> {
  if ((await people.save(person, clock.now())) === "taken") throw new Refusal("handle-taken");
  return person;
}

/** Two devices of a newcomer may both find no profile: the first makes it, and the other one hears what it is. */
async function claimAny(ports: ProfilePorts, user: UserId, name: string): Promise<Person> {
  const { people, random, clock } = ports;
  for (const handle of handlesFor(name, random)) {
    const person: { user: UserId; name: string; handle: Handle } = { user, name, handle };
    const outcome = await people.introduce(person, clock.now());
    if (outcome === "saved") return person;
    const known = outcome === "known" ? await people.byId(user) : undefined;
    if (known) return known;
  }
  throw new Refusal("try-again");
}
