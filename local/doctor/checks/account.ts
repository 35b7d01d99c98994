// Whose account it would be, and whether the CDK was bootstrapped there.

import type { Account, Facts } from "../facts";
import { type Check, fail, ok, type Verdict, warn } from "../finding";

/** @aws-amplify/sandbox, CDK_MIN_BOOTSTRAP_VERSION. */
const OLDEST_BOOTSTRAP = 6;

function credentials({ account }: Facts): Verdict {
  switch (account.is) {
    case "none":
      return warn(
        "No AWS credentials here: a push to a branch needs none; for a sandbox run `aws configure sso`.",
      );
    case "found":
      return found(account);
    default:
      return account satisfies never;
  }
}

function found({ from, region, answer }: Extract<Account, { is: "found" }>): Verdict {
  if (region === undefined)
    return fail(`Credentials are there (${from}), and no region: set AWS_REGION, or region in the profile.`);
  switch (answer.is) {
    case "known":
      return ok(`A deployment would go to account ${answer.id} in ${region}, with ${from}.`);
    case "unresolved":
      return fail(answer.says);
    case "refused":
      return fail(`AWS refuses the credentials of ${from}: ${answer.says}; sign in again.`);
    case "unreachable":
      return warn(
        `A deployment would go to ${region} with ${from}; AWS could not be asked (${answer.says}).`,
      );
    case "unasked":
      return ok(`A deployment would go to ${region} with ${from}; AWS was not asked.`);
    default:
      return answer satisfies never;
  }
}

function bootstrap({ account }: Facts): Verdict {
  const known = account.is === "found" && account.answer.is === "known" ? account.answer : undefined;
  if (!known)
    return warn(
      "Whether the account is bootstrapped for the CDK cannot be seen from here: `npx ampx sandbox` says so and how.",
    );
  const { bootstrapVersion: version } = known;
  if (version === undefined)
    return fail(
      "The account is not bootstrapped for the CDK in this region: open the link that `npx ampx sandbox` prints.",
    );
  if (version < OLDEST_BOOTSTRAP)
    return fail(
      `The account's CDK bootstrap is version ${version}, and Amplify needs ${OLDEST_BOOTSTRAP}: bootstrap it again.`,
    );
  return ok(`The account is bootstrapped for the CDK (version ${version}).`);
}

export const ACCOUNT_CHECKS: readonly Check[] = [
  { name: "credentials", see: "credentials", judge: credentials },
  { name: "bootstrap", see: "bootstrap", judge: bootstrap },
];
