// What the parts of the local cloud know of the template: resources with every intrinsic resolved, and of each
// other: how a function is run and how a part answers on the one HTTP port.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

export type Resource = {
  /** Logical ids from the root stack down, joined with "/": "chat1A2B/LogTable3C4D". */
  readonly id: string;
  readonly type: string;
  /** Intrinsics (Ref, Fn::GetAtt, Fn::Join, Fn::Sub, …) are resolved to strings. */
  readonly properties: Readonly<Record<string, unknown>>;
};

export const REGION = "us-east-1";
export const ACCOUNT = "000000000000";

export type Invocation =
  | { readonly is: "returned"; readonly payload: unknown }
  | { readonly is: "failed"; readonly errorType: string; readonly errorMessage: string }
  | { readonly is: "timed-out" };

export interface Functions {
  /**
   * By ARN or by an API Gateway invocation URI that holds one. Rejects for a function that is not there. `cause`
   * says in a word what set it off, for those who count and trace; the function does not see it.
   */
  invoke(arn: string, event: unknown, cause?: string): Promise<Invocation>;
}

/** A part of the cloud that answers on the one HTTP port; the first that claims a request has it. */
export interface Surface {
  claims(request: IncomingMessage): boolean;
  handle(request: IncomingMessage, response: ServerResponse): void;
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}
