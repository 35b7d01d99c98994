// What is known of a call besides its action and resource: the condition keys that policies may ask for. A key
// that nobody here fills is refused when the policy is read; were it just absent, a condition on it would hold or
// fail for a reason that AWS does not have.

/** By key in lower case: IAM compares the names of keys without case. */
export type Context = ReadonlyMap<string, readonly string[]>;

/** Of a call to DynamoDB; which of them a call has depends on its operation. */
const ITEM_KEYS = [
  "dynamodb:Attributes",
  "dynamodb:EnclosingOperation",
  "dynamodb:FirstPartitionKeyValues",
  "dynamodb:LeadingKeys",
  "dynamodb:ReturnConsumedCapacity",
  "dynamodb:ReturnValues",
  "dynamodb:Select",
] as const;

/** Of the caller, the same for all calls of a function. */
const CALLER_KEYS = [
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:PrincipalIsAWSService",
  "aws:PrincipalType",
  "aws:RequestedRegion",
  "aws:SecureTransport",
  "aws:ViaAWSService",
  "lambda:SourceFunctionArn",
] as const;

export type ItemKey = (typeof ITEM_KEYS)[number];
export type CallerKey = (typeof CALLER_KEYS)[number];

const KNOWN = new Set([...ITEM_KEYS, ...CALLER_KEYS].map((key) => key.toLowerCase()));

export const isKnownKey = (key: string): boolean => KNOWN.has(key.toLowerCase());

type Value = string | readonly string[] | undefined;

/** A key without a value is absent. */
export function contextOf<Key extends ItemKey | CallerKey>(
  values: Readonly<Partial<Record<Key, Value>>>,
): Context {
  const known = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries<Value>(values))
    if (value !== undefined) known.set(key.toLowerCase(), typeof value === "string" ? [value] : value);
  return known;
}
