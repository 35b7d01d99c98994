// Who may call a function: the resource-based policy that AWS::Lambda::Permission writes. Functions of the template
// that call each other do so by their role; a service does so by this.

import { functionNameIn } from "../functions/settings";
import { ACCOUNT, type Resource } from "../resources";
import { textAt } from "../template/json";
import { arnPattern } from "./operators";
import type { IamTemplate } from "./roles";
import { wildcardWithoutCase } from "./wildcard";

export type InvokeQuestion = {
  /** Also an API Gateway invocation URI that holds it. */
  readonly functionArn: string;
  /** "apigateway.amazonaws.com" */
  readonly principal: string;
  /** "arn:aws:execute-api:us-east-1:000000000000:abc123/chat/$connect", or ".../authorizers/x1y2z3" */
  readonly sourceArn: string;
};

type Permission = {
  readonly functionName: string;
  readonly principal: string;
  readonly from: (sourceArn: string) => boolean;
};

const INVOKE = "lambda:InvokeFunction";
const READ = ["Action", "FunctionName", "Principal", "SourceAccount", "SourceArn"];
/** Routes and authorizers are few; whoever asks for others must not fill the memory. */
const MOST_KEPT = 2_000;

export function createInvokePermissions({ resources }: IamTemplate): (question: InvokeQuestion) => boolean {
  const permissions = resources
    .filter(({ type }) => type === "AWS::Lambda::Permission")
    .flatMap(readPermission);
  const kept = new Map<string, boolean>();
  return ({ functionArn, principal, sourceArn }) => {
    const key = `${functionArn}\n${principal}\n${sourceArn}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const name = functionNameIn(functionArn) ?? functionArn;
    const may = permissions.some(
      (each) => each.functionName === name && each.principal === principal && each.from(sourceArn),
    );
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, may);
    return may;
  };
}

function readPermission({ id, properties }: Resource): Permission[] {
  const unknown = Object.keys(properties).find((property) => !READ.includes(property));
  if (unknown !== undefined)
    throw new Error(
      `unable to read permission ${id}; the local cloud does not know its property ${unknown}: add it to local/iam/invoke-permissions.ts`,
    );
  if (!wildcardWithoutCase(textAt(properties, "Action") ?? "")(INVOKE.toLowerCase())) return [];
  const functionName = textAt(properties, "FunctionName") ?? "";
  const sourceArn = textAt(properties, "SourceArn");
  const sourceAccount = textAt(properties, "SourceAccount");
  if (sourceAccount !== undefined && sourceAccount !== ACCOUNT) return [];
  return [
    {
      functionName: functionNameIn(functionName) ?? functionName.replace(/^.*:/, ""),
      principal: textAt(properties, "Principal") ?? "",
      from: sourceArn === undefined ? () => true : arnPattern(sourceArn),
    },
  ];
}
