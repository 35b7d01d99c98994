// The partition keys of the template's tables and indexes, for the conditions that look at items.

import { REGION, ACCOUNT } from "../resources";
import { listAt, textAt } from "../template/json";
import type { IamTemplate } from "./roles";

/** By the ARN that IAM is asked for: a table's, or an index's behind it. */
export type PartitionKeys = ReadonlyMap<string, string>;

/** A table is named by its name or by its ARN. */
export const tableArn = (table: string): string =>
  table.startsWith("arn:") ? table : `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${table}`;

export const indexArn = (table: string, index: string): string => `${tableArn(table)}/index/${index}`;

export function partitionKeys({ resources, nameOf }: IamTemplate): PartitionKeys {
  return new Map(
    resources
      .filter(({ type }) => type === "AWS::DynamoDB::Table")
      .flatMap((table): [string, string][] => {
        const { properties } = table;
        const indexes = ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"].flatMap((kind) =>
          listAt(properties, kind),
        );
        return [
          [tableArn(nameOf(table)), partitionKeyOf(properties)],
          ...indexes.map((index): [string, string] => [
            indexArn(nameOf(table), textAt(index, "IndexName") ?? ""),
            partitionKeyOf(index),
          ]),
        ];
      }),
  );
}

const partitionKeyOf = (keyed: unknown): string =>
  textAt(
    listAt(keyed, "KeySchema").find((key) => textAt(key, "KeyType") === "HASH"),
    "AttributeName",
  ) ?? "";
