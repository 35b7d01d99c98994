// What AWS answers to a call that IAM denies, word for word, and what is said here besides.

import { ACCOUNT } from "../resources";
import { numbered } from "./numbered-resources";
import type { Denial } from "./ruling";

export type Caller = { readonly functionName: string; readonly roleName: string };
export type Asked = { readonly action: string; readonly resource: string };

/** As seen in many reports of others' failures; API Gateway alone hides the account and the connection's id. */
export function denialMessage(
  { functionName, roleName }: Caller,
  { action, resource }: Asked,
  denial: Denial,
): string {
  const user = `arn:aws:sts::${ACCOUNT}:assumed-role/${roleName}/${functionName}`;
  const why =
    denial.because === "explicit-deny"
      ? "with an explicit deny in an identity-based policy"
      : `because no identity-based policy allows the ${action} action`;
  return `User: ${user} is not authorized to perform: ${action} on resource: ${shown(resource)} ${why}`;
}

const shown = (resource: string): string =>
  resource.startsWith("arn:aws:execute-api:")
    ? resource
        .replace(`:${ACCOUNT}:`, `:${"*".repeat(8)}${ACCOUNT.slice(-4)}:`)
        .replace(/(\/@connections\/).+$/, "$1{connectionId}")
    : resource;

/** One line for whoever runs the cloud, with what they would have to write. */
export function denialLine({ functionName }: Caller, { action, resource }: Asked, denial: Denial): string {
  const start = `denied: ${functionName} may not ${action} on ${resource};`;
  const statements = denial.statements.map(({ source }) => JSON.stringify(source)).join(", ");
  switch (denial.because) {
    case "explicit-deny":
      return `${start} denied by ${statements}`;
    case "condition":
      return `${start} the condition does not hold of ${statements}`;
    case "no-statement": {
      // One connection or log stream is not what a policy would name.
      const ids = numbered(resource);
      const missing = { Effect: "Allow", Action: action, Resource: ids ? `${ids.front}*` : resource };
      return `${start} the missing statement: ${JSON.stringify(missing)}`;
    }
    default:
      return denial.because satisfies never;
  }
}
