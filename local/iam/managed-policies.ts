// AWS's own policies that functions are given. Only those whose statements are known here; the start stops at others.
// From AWS's managed policy reference.

import type { Json } from "../template/json";

const LOGS = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];
const allow = (actions: readonly string[]): Json => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
});

export const MANAGED_POLICIES: Readonly<Record<string, Json>> = {
  "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole": allow(LOGS),
  "arn:aws:iam::aws:policy/service-role/AWSLambdaDynamoDBExecutionRole": allow([
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
    ...LOGS,
  ]),
};
