// What Lambda needs of a function's role to keep its log. Without it the function runs and nothing is kept.

import { ACCOUNT, REGION } from "../resources";
import { recordAt, textAt } from "../template/json";
import type { Decide } from "./request";
import type { IamTemplate } from "./roles";

export type LogPermissions = {
  /** Asked when an environment starts: each has a stream of its own. */
  mayOpenLog(log: Log): boolean;
  /** Asked for each batch of lines. */
  mayWriteLog(log: Log): boolean;
};

export type Log = {
  readonly accessKeyId: string;
  readonly functionName: string;
  /** "2026/01/31/[$LATEST]0123…" */
  readonly stream: string;
};

export function createLogPermissions({ resources, nameOf }: IamTemplate, decide: Decide): LogPermissions {
  const made = new Set(resources.filter(({ type }) => type === "AWS::Logs::LogGroup").map(nameOf));
  const named = new Map(
    resources
      .filter(({ type }) => type === "AWS::Lambda::Function")
      .map((each) => [nameOf(each), textAt(recordAt(each.properties, "LoggingConfig"), "LogGroup")]),
  );
  const groupOf = (functionName: string) => named.get(functionName) ?? `/aws/lambda/${functionName}`;
  const arnOf = (group: string) => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${group}`;
  const allowed = (accessKeyId: string, action: string, resource: string) =>
    decide({ accessKeyId, action, resource }).is === "allowed";
  return {
    mayOpenLog: ({ accessKeyId, functionName }) => {
      const group = groupOf(functionName);
      const exists = made.has(group) || allowed(accessKeyId, "logs:CreateLogGroup", arnOf(group));
      // The stream that is to be made has no name yet in what IAM is asked for.
      return exists && allowed(accessKeyId, "logs:CreateLogStream", `${arnOf(group)}:log-stream:`);
    },
    mayWriteLog: ({ accessKeyId, functionName, stream }) =>
      allowed(accessKeyId, "logs:PutLogEvents", `${arnOf(groupOf(functionName))}:log-stream:${stream}`),
  };
}
