// What a stack is given from outside: parameters of its own, and the pseudo parameters of AWS.

import { ACCOUNT, REGION } from "../resources";
import { NO_VALUE } from "./intrinsics";
import { type Json, recordAt, textAt } from "./json";
import { lettersFrom } from "./names";

export function parameter(template: Json, name: string, given: Json): unknown {
  const definition = recordAt(recordAt(template, "Parameters"), name);
  const type = textAt(definition, "Type") ?? "String";
  const value = Object.hasOwn(given, name) ? given[name] : definition["Default"];
  if (value === undefined)
    throw new Error(`unable to resolve parameter ${name}; it has no value and no default`);
  if (type.startsWith("AWS::SSM::"))
    throw new Error(`unable to resolve parameter ${name}; the local cloud has no parameter store`);
  if (type === "CommaDelimitedList" && typeof value === "string")
    return value.split(",").map((it) => it.trim());
  return value;
}

export function pseudoParameter(name: string, stackName: string): unknown {
  switch (name) {
    case "AWS::Region":
      return REGION;
    case "AWS::AccountId":
      return ACCOUNT;
    case "AWS::Partition":
      return "aws";
    case "AWS::URLSuffix":
      return "amazonaws.com";
    case "AWS::StackName":
      return stackName;
    case "AWS::StackId":
      return stackIdOf(stackName);
    case "AWS::NoValue":
      return NO_VALUE;
    default:
      throw new Error(`unable to resolve ${name}; the local cloud does not know this pseudo parameter`);
  }
}

export const stackIdOf = (stackName: string): string =>
  `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${stackName}/${lettersFrom(stackName, 32, "lower")}`;
