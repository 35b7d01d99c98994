// IAM of the template's functions: every call that they make is decided on the policies of their role, and counted.

import type { RoleKeys } from "../functions/role-keys";
import { ACCOUNT, REGION } from "../resources";
import { contextOf, type Context } from "./context";
import { denialLine, denialMessage } from "./denial-message";
import { createInvokePermissions, type InvokeQuestion } from "./invoke-permissions";
import { createLogPermissions, type LogPermissions } from "./log-permissions";
import type { Report } from "./report";
import { keepReport } from "./report-file";
import type { Decide, Verdict } from "./request";
import type { ReadContext } from "./ruling";
import { keepRulings, type Rulings } from "./rulings";
import { type IamTemplate, readRoles, type Role } from "./roles";
import { createTally } from "./tally";

export type Iam = LogPermissions & {
  readonly decide: Decide;
  /** Whether a service may call a function: the template's AWS::Lambda::Permission say so. */
  mayInvoke(question: InvokeQuestion): boolean;
  report(): Report;
  /** Writes what was counted since the last write. */
  stop(): void;
};

export type IamOptions = IamTemplate & {
  /** The keys that functions sign with; `functions.keys`. */
  readonly keys: () => readonly RoleKeys[];
  /** Reports are kept by stack: "amplify-parley-local-sandbox-e8bfc1d372". */
  readonly stackName: string;
  /** Where the report is kept over runs; see reportFileOf. */
  readonly reportFile: string;
  readonly tell: (line: string) => void;
};

type Caller = {
  readonly functionName: string;
  readonly roleName: string;
  readonly roleId: string;
  readonly context: Context;
  readonly rulings: Rulings;
};

const ALLOWED: Verdict = { is: "allowed" };
const ALWAYS: Verdict = { is: "allowed", always: true };
const NO_CONTEXT: Context = new Map();
/** AWS's sentence for keys that it did not give out. */
const UNKNOWN_KEY: Verdict = {
  is: "denied",
  message: "The security token included in the request is invalid.",
};

export function createIam(options: IamOptions): Iam {
  const { tell } = options;
  const roles = readRoles(options);
  const tally = createTally(options.stackName, roles, options);
  const kept = keepReport(options.reportFile, tally.report, tell);
  const rulings = new Map(
    [...roles.byArn.values()].map((role) => [role.arn, keepRulings(tally.counted(role))]),
  );
  const callers = new Map<string, Caller>();

  const callerOf = (accessKeyId: string): Caller | undefined => {
    const known = callers.get(accessKeyId);
    if (known !== undefined) return known;
    const keys = options.keys().find((each) => each.accessKeyId === accessKeyId);
    const role = keys && roles.byArn.get(keys.roleArn);
    const own = role && rulings.get(role.arn);
    if (keys === undefined || role === undefined || own === undefined) return undefined;
    const caller = { functionName: keys.functionName, roleName: role.name, roleId: role.id, rulings: own };
    callers.set(accessKeyId, { ...caller, context: callerContext(keys, role) });
    return callers.get(accessKeyId);
  };

  const decide: Decide = (request) => {
    const { accessKeyId, action, resource } = request;
    const caller = callerOf(accessKeyId);
    if (caller === undefined) return UNKNOWN_KEY;
    const outcome = caller.rulings(action, resource)(() => joined(caller.context, request.context));
    kept.changed();
    if (outcome.is === "allowed") return outcome.always ? ALWAYS : ALLOWED;
    const first = tally.denied(
      caller.roleId,
      { ...request, functionName: caller.functionName },
      outcome.because,
    );
    if (first) tell(denialLine(caller, request, outcome));
    return { is: "denied", message: denialMessage(caller, request, outcome) };
  };

  return {
    decide,
    mayInvoke: createInvokePermissions(options),
    ...createLogPermissions(options, decide),
    report: kept.report,
    stop: kept.stop,
  };
}

const callerContext = (keys: RoleKeys, role: Role): Context =>
  contextOf({
    "aws:PrincipalAccount": ACCOUNT,
    "aws:PrincipalArn": role.arn,
    "aws:PrincipalIsAWSService": "false",
    "aws:PrincipalType": "AssumedRole",
    "aws:RequestedRegion": REGION,
    // On AWS it is; here the line is within one machine.
    "aws:SecureTransport": "true",
    "aws:ViaAWSService": "false",
    "lambda:SourceFunctionArn": `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${keys.functionName}`,
  });

function joined(caller: Context, read: ReadContext = () => NO_CONTEXT): Context | undefined {
  const request = read();
  return request && new Map([...caller, ...request]);
}
