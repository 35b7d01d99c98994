// Whether CloudFormation can make the stacks, beside those that are there already, and take them away again.

import { isRecord, recordAt, textAt } from "../../template/json";
import { inOrder } from "../../template/order";
import type { Branch, StackTemplate } from "../facts";
import { type Check, fail, none, type Verdict } from "../finding";
import { onBranch, onSandbox, type Placed, resourcesOf, shortName, SYNTHESIS, TABLES } from "./backend";

/** CloudFormation takes a template of 1 MB from a bucket, and 500 resources in one stack. */
const LARGEST_TEMPLATE_BYTES = 1_000_000;
const MOST_RESOURCES = 500;

function cycles({ stacks }: Branch): Verdict {
  const wrong = stacks.flatMap(({ name, template }) => {
    try {
      inOrder(recordAt(template, "Resources"));
      return [];
    } catch (error) {
      return [`in ${shortName(name)}: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
  return none(
    wrong,
    `The ${stacks.length} stacks and what is in them refer to each other one way only.`,
    (named) => fail(`${named}: put what refers to each other into one stack.`),
  );
}

function limits({ stacks }: Branch): Verdict {
  const wrong = stacks.flatMap(({ name, bytes, template }) => {
    const count = Object.keys(recordAt(template, "Resources")).length;
    return [
      ...(bytes > LARGEST_TEMPLATE_BYTES ? [`the template of ${shortName(name)} is ${bytes} bytes`] : []),
      ...(count > MOST_RESOURCES ? [`${shortName(name)} has ${count} resources`] : []),
    ];
  });
  const most = Math.max(...stacks.map(({ template }) => Object.keys(recordAt(template, "Resources")).length));
  return none(
    wrong,
    `No stack has more than ${most} resources; CloudFormation takes ${MOST_RESOURCES}.`,
    (named) => fail(`${named}, more than CloudFormation takes: split the stack.`),
  );
}

/**
 * Names that only one resource in an account and region can have. Left out are names that may repeat: those of APIs
 * and user pools; and names within something that is unique itself: of stages, routes, indexes, inline policies.
 */
const NAMED_ONCE: Readonly<Record<string, string>> = {
  "AWS::CloudWatch::Alarm": "AlarmName",
  "AWS::CloudWatch::Dashboard": "DashboardName",
  "AWS::Cognito::UserPoolDomain": "Domain",
  "AWS::DynamoDB::GlobalTable": "TableName",
  "AWS::DynamoDB::Table": "TableName",
  "AWS::Events::Rule": "Name",
  "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
  "AWS::IAM::Role": "RoleName",
  "AWS::IAM::User": "UserName",
  "AWS::KMS::Alias": "AliasName",
  "AWS::Lambda::Function": "FunctionName",
  "AWS::Logs::LogGroup": "LogGroupName",
  "AWS::S3::Bucket": "BucketName",
  "AWS::SNS::Topic": "TopicName",
  "AWS::SQS::Queue": "QueueName",
  "AWS::SSM::Parameter": "Name",
  "AWS::Scheduler::Schedule": "Name",
  "AWS::SecretsManager::Secret": "Name",
};

/** A name put together from the stack's own is another in each stack. */
const isFixed = (value: unknown): boolean =>
  value !== undefined && !JSON.stringify(value).includes("AWS::Stack");

function names({ stacks }: Branch): Verdict {
  const resources = resourcesOf(stacks).flatMap(({ type, id, properties }) => {
    const attribute = NAMED_ONCE[type];
    return attribute !== undefined && isFixed(properties[attribute])
      ? [`${shortName(id)} (${attribute})`]
      : [];
  });
  const exports = stacks.flatMap(({ template }) =>
    Object.entries(recordAt(template, "Outputs"))
      .filter(([, output]) => isFixed(recordAt(output, "Export")["Name"]))
      .map(([name]) => `${name} (Export)`),
  );
  return none(
    [...resources, ...exports],
    "Nothing has a fixed name: sandboxes and branches can share an account.",
    (named) => fail(`${named}: a fixed name, which a second sandbox or branch could not have: leave it out.`),
  );
}

const HOLDS_DATA = new Set([...TABLES, "AWS::Cognito::UserPool", "AWS::S3::Bucket"]);
const policyOf = ({ resource }: Placed): string | undefined => textAt(resource, "DeletionPolicy");

function kept({ stacks }: Branch): Verdict {
  const wrong = resourcesOf(stacks)
    .filter(({ type }) => HOLDS_DATA.has(type))
    .filter((one) => policyOf(one) !== "Retain" || textAt(one.resource, "UpdateReplacePolicy") !== "Retain")
    .map(({ id }) => shortName(id));
  return none(wrong, "What people wrote outlives a branch's stack: tables and pool are retained.", (named) =>
    fail(`${named}: deleted with the branch, and what people wrote with it: use removalOf(deployment).`),
  );
}

function leftBehind(stacks: readonly StackTemplate[]): Verdict {
  const wrong = resourcesOf(stacks)
    .filter((one) => ["Retain", "RetainExceptOnCreate", "Snapshot"].includes(policyOf(one) ?? ""))
    .map(({ id }) => shortName(id));
  return none(wrong, "A sandbox leaves nothing behind when it is deleted.", (named) =>
    fail(`${named}: stays in the account when the sandbox is deleted: use removalOf(deployment).`),
  );
}

function roles({ stacks }: Branch): Verdict {
  const wrong = resourcesOf(stacks)
    .filter(({ type, stack }) => type === "AWS::IAM::Policy" && stack !== "root")
    .filter(({ properties }) => statements(properties).some(allowsEverything))
    .map(({ id }) => shortName(id));
  return none(wrong, "No role of ours may do everything, or anything with everything.", (named) =>
    fail(`${named}: allows a bare star: name the actions and the resources.`),
  );
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const statements = (properties: Placed["properties"]): readonly unknown[] =>
  listOf(recordAt(properties, "PolicyDocument")["Statement"]);

const allowsEverything = (statement: unknown): boolean =>
  isRecord(statement) &&
  textAt(statement, "Effect") === "Allow" &&
  [...listOf(statement["Action"]), ...listOf(statement["Resource"])].includes("*");

export const STACKS: readonly Check[] = [
  SYNTHESIS,
  { name: "cycles", see: "stack-cycles", judge: onBranch(cycles) },
  { name: "limits", see: "the-stacks", judge: onBranch(limits) },
  { name: "names", see: "fixed-names", judge: onBranch(names) },
  { name: "kept", see: "removal", judge: onBranch(kept) },
  { name: "left-behind", see: "removal", judge: onSandbox(leftBehind) },
  { name: "roles", see: "the-stacks", judge: onBranch(roles) },
];
