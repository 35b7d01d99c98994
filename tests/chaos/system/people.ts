// People with their sessions, and the devices that they have.

import type { Tokens } from "../../../core/client/ports/tokens";
import { isUserId, type UserId } from "../../../core/domain/ids";
import { signUpFor } from "../../cost/session";
import type { Place } from "../../fixtures/place";

export type Member = { readonly name: string; readonly user: UserId; readonly tokens: Tokens };

export async function signUpMember(place: Place, name: string, now: () => number): Promise<Member> {
  const tokens = await signUpFor(place, name, now);
  const token = await tokens.access({ fresh: false, now: now() });
  if (typeof token === "string") throw new Error(`unable to sign ${name} up; the token is ${token}`);
  return { name, user: userOf(token.jwt), tokens };
}

/** The pool's own word, which the server verifies; here it only names. */
function userOf(jwt: string): UserId {
  const claims: unknown = JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString());
  const sub = typeof claims === "object" && claims !== null && "sub" in claims ? claims.sub : undefined;
  if (typeof sub !== "string" || !isUserId(sub)) throw new Error("unable to read a token; it names nobody");
  return sub;
}
