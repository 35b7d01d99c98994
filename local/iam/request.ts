import type { ReadContext } from "./ruling";

/** What IAM is asked for. */
export type IamRequest = {
  /** "dynamodb:PutItem" */
  readonly action: string;
  readonly resource: string;
  /** Read only where a statement has conditions. Undefined of a call whose values are not read here. */
  readonly context?: ReadContext;
};

export type Verdict =
  /** `always`: every call of that action on that resource, whatever it holds. */
  { readonly is: "allowed"; readonly always?: true } | { readonly is: "denied"; readonly message: string };

/** By whose keys signed the call. */
export type Decide = (request: IamRequest & { readonly accessKeyId: string }) => Verdict;
