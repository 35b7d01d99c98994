// What IAM is asked for by a statement in PartiQL. Which items and attributes it touches is not read: a policy that
// goes by them denies it.

import { textAt } from "../template/json";
import type { IamRequest } from "./request";
import { indexArn, tableArn } from "./table-keys";

const NAME = String.raw`"?([\w.:/-]+?)"?`;
const FORMS: readonly { readonly action: string; readonly form: RegExp }[] = [
  {
    action: "PartiQLSelect",
    form: new RegExp(
      String.raw`^\s*(?:EXISTS\s*\(\s*)?SELECT\b[^]*?\bFROM\s+${NAME}(?:\."([\w.-]+)")?(?:\s|\)|;|$)`,
      "i",
    ),
  },
  { action: "PartiQLInsert", form: new RegExp(String.raw`^\s*INSERT\s+INTO\s+${NAME}(?:\s|$)`, "i") },
  { action: "PartiQLUpdate", form: new RegExp(String.raw`^\s*UPDATE\s+${NAME}(?:\s|$)`, "i") },
  { action: "PartiQLDelete", form: new RegExp(String.raw`^\s*DELETE\s+FROM\s+${NAME}(?:\s|$)`, "i") },
];

const unread = () => undefined;

export function partiqlRequest(call: unknown): IamRequest {
  const statement = textAt(call, "Statement") ?? "";
  for (const { action, form } of FORMS) {
    const found = form.exec(statement);
    if (found === null) continue;
    const [, table = "", index] = found;
    const resource = index === undefined ? tableArn(table) : indexArn(table, index);
    return { action: `dynamodb:${action}`, resource, context: unread };
  }
  // DynamoDB refuses it as malformed; until then it may do nothing that is not allowed on everything.
  return { action: "dynamodb:PartiQLSelect", resource: tableArn("*"), context: unread };
}
