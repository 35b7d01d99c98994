// What people entrust to the backend: their accounts and what is kept in tables.

import { listAt, recordAt, textAt } from "../../template/json";
import type { Branch } from "../facts";
import { type Check, fail, none, ok, type Verdict, warn } from "../finding";
import { onBranch, type Placed, resourcesOf, shortName, TABLES } from "./backend";

const ofType = ({ stacks }: Branch, ...types: readonly string[]): readonly Placed[] =>
  resourcesOf(stacks).filter(({ type }) => types.includes(type));

function strangers(branch: Branch): Verdict {
  const clients = ofType(branch, "AWS::Cognito::UserPoolClient");
  const wrong = clients
    .filter(({ properties }) => textAt(properties, "PreventUserExistenceErrors") !== "ENABLED")
    .map(({ id }) => shortName(id));
  return none(wrong, "Signing in tells nobody who has an account.", (named) =>
    fail(
      `${named} tells a stranger whether an address has an account: set PreventUserExistenceErrors to ENABLED.`,
    ),
  );
}

function passwords(branch: Branch): Verdict {
  const wrong = ofType(branch, "AWS::Cognito::UserPoolClient").flatMap(({ id, properties }) =>
    listAt(properties, "ExplicitAuthFlows")
      .filter((flow) => typeof flow === "string" && /USER_PASSWORD_AUTH/.test(flow))
      .map((flow) => `${shortName(id)} takes ${String(flow)}`),
  );
  return none(wrong, "Passwords never leave the device: the pool's client takes SRP only.", (named) =>
    fail(`${named}, which sends the password itself: take it out.`),
  );
}

function guests(branch: Branch): Verdict {
  const wrong = ofType(branch, "AWS::Cognito::IdentityPool")
    .filter(({ properties }) => properties["AllowUnauthenticatedIdentities"] !== false)
    .map(({ id }) => shortName(id));
  return none(wrong, "Nobody gets AWS credentials without signing in.", (named) =>
    fail(`${named} gives AWS credentials to anybody: set allowUnauthenticatedIdentities to false.`),
  );
}

const expires = ({ properties }: Placed): boolean =>
  recordAt(properties, "TimeToLiveSpecification")["Enabled"] === true;

/** A global table says it for each replica, the one in the stack's own region among them. */
function recovers({ type, properties }: Placed): boolean {
  const parts = type === "AWS::DynamoDB::GlobalTable" ? listAt(properties, "Replicas") : [properties];
  const isCovered = (part: unknown) =>
    recordAt(part, "PointInTimeRecoverySpecification")["PointInTimeRecoveryEnabled"] === true;
  return parts.length > 0 && parts.every(isCovered);
}

function recovery(branch: Branch): Verdict {
  const tables = ofType(branch, ...TABLES);
  const without = tables.filter((table) => !recovers(table));
  const wrong = without.filter((table) => !expires(table)).map(({ id }) => shortName(id));
  const passing = without.filter(expires).map(({ id }) => shortName(id));
  return none(
    wrong,
    `${tables.length - without.length} tables can be taken back to any second of 35 days${passing.length > 0 ? `; the rows of ${passing.join(", ")} expire, and are not kept` : ""}.`,
    (named) => fail(`${named} has no point-in-time recovery: a mistake with it cannot be undone.`),
  );
}

function expiry(branch: Branch): Verdict {
  const wrong = ofType(branch, ...TABLES)
    .filter(expires)
    .flatMap(({ id, properties }) => {
      const attribute = textAt(recordAt(properties, "TimeToLiveSpecification"), "AttributeName") ?? "";
      const isKey = listAt(properties, "KeySchema").some((key) => textAt(key, "AttributeName") === attribute);
      if (isKey) return [`${shortName(id)}: ${attribute} is a key, which cannot expire`];
      const isWritten = branch.bundles.some(({ code }) => code.includes(attribute));
      return isWritten
        ? []
        : [`${shortName(id)}: no function writes ${attribute}, so nothing would ever expire`];
    });
  return none(wrong, "Every attribute by which rows expire is written by a function.", (named) =>
    fail(`${named}.`),
  );
}

function mail(branch: Branch): Verdict {
  const pools = ofType(branch, "AWS::Cognito::UserPool");
  const bare = pools.filter(
    ({ properties }) =>
      textAt(recordAt(properties, "EmailConfiguration"), "EmailSendingAccount") !== "DEVELOPER",
  );
  if (pools.length === 0) return ok("There is no user pool.");
  if (bare.length === 0) return ok("Codes are mailed through your own SES.");
  return warn(
    "Codes are mailed by Cognito itself, fifty a day: give the pool an SES sender before a team signs up.",
  );
}

export const PEOPLE: readonly Check[] = [
  { name: "strangers", see: "accounts", judge: onBranch(strangers) },
  { name: "passwords", see: "accounts", judge: onBranch(passwords) },
  { name: "guests", see: "accounts", judge: onBranch(guests) },
  { name: "mail", see: "mail", judge: onBranch(mail) },
  { name: "recovery", see: "tables", judge: onBranch(recovery) },
  { name: "expiry", see: "tables", judge: onBranch(expiry) },
];
