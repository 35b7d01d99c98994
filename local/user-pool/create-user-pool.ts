// The local user pool: what Amazon Cognito does for the template's pool and clients, on this machine. Users, keys,
// sessions and mails are kept in the data directory.

import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Clock } from "../clock";
import type { Resource, Surface } from "../resources";
import { claimsOf, handle } from "./answering";
import { createAttempts } from "./attempts";
import { createChallenges } from "./challenges";
import { openDurableFile } from "./durable-file";
import type { Mail, Mailbox } from "./mailbox";
import { createMailbox } from "./mailbox";
import type { Pool } from "./pool";
import { identityOf } from "./pool";
import { readSettings } from "./settings";
import { openSigningKeys } from "./signing-keys";
import { matches, secretOf } from "./srp";
import { emptyState, isState } from "./state";
import { accessTokenOf } from "./tokens";
import { createUsers } from "./users";

export type LocalPerson = { readonly email: string; readonly name: string; readonly password: string };

export type UserPool = Surface & {
  readonly poolId: string;
  readonly clientIds: readonly string[];
  readonly mails: Mailbox;
  /** A confirmed user with this name and password; the answer is the sub. In this process only, never over HTTP. */
  ensureUser(person: LocalPerson): Promise<string>;
  /** In this process only, never over HTTP. */
  accessTokenFor(email: string): string;
};

export const createUserPool = (options: {
  readonly resources: readonly Resource[];
  readonly dataDir: string;
  readonly clock: Clock;
  readonly onMail?: (mail: Mail) => void;
  /** Whom Cognito would bill for this month. */
  readonly onSignIn?: (sub: string) => void;
  /** What a person at the terminal should know: operations that are not there, a disk that is full. */
  readonly tell?: (line: string) => void;
  /** What `Ref` says of the pool and of its clients. */
  readonly nameOf: (resource: Resource) => string;
}): UserPool => {
  const { clock } = options;
  const settings = readSettings(options.resources, options.nameOf);
  const [firstClient] = settings.clients.values();
  if (!firstClient)
    throw new Error("unable to run the user pool; the template has no AWS::Cognito::UserPoolClient");

  const directory = join(options.dataDir, "user-pool");
  const keys = openSigningKeys(join(directory, "keys.json"));
  const file = openDurableFile({
    path: join(directory, "state.json"),
    what: "the user pool's users",
    initial: emptyState,
    isWhole: isState,
  });
  const post = createMailbox(file.value.mails);
  if (options.onMail) post.follow(options.onMail);
  const pool: Pool = {
    settings,
    clock,
    state: file.value,
    users: createUsers(file.value),
    keys,
    post,
    attempts: createAttempts(clock),
    challenges: createChallenges(clock),
    onSignIn: options.onSignIn ?? (() => undefined),
  };
  /** The keys first: a user whose tokens nobody can verify would be no use. */
  const saved = async (): Promise<void> => {
    await keys.saved();
    await file.saved();
  };
  const answering = { pool, saved, tell: options.tell ?? (() => undefined) };

  const addConfirmed = ({ email, name, password }: LocalPerson): string => {
    const sub = randomUUID();
    pool.users.add({
      sub,
      email,
      emailVerified: true,
      standing: "confirmed",
      attributes: { name },
      secret: secretOf(identityOf(pool, sub), password),
      codes: {},
      createdAt: clock.now(),
    });
    return sub;
  };

  return {
    poolId: settings.poolId,
    clientIds: [...settings.clients.keys()],
    mails: post,
    claims: (request) => claimsOf(pool, request),
    handle: (request, response) => handle(answering, request, response),
    async ensureUser(person) {
      const known = pool.users.holderOf(person.email);
      if (!known) {
        const sub = addConfirmed(person);
        await saved();
        return sub;
      }
      const identity = identityOf(pool, known.sub);
      if (!matches(identity, person.password, known.secret))
        known.secret = secretOf(identity, person.password);
      known.standing = "confirmed";
      known.emailVerified = true;
      known.attributes = { ...known.attributes, name: person.name };
      await saved();
      return known.sub;
    },
    accessTokenFor(email) {
      const user = pool.users.holderOf(email);
      if (!user) throw new Error(`unable to make an access token for ${email}; there is no such user`);
      return accessTokenOf(pool, firstClient, user);
    },
  };
};
