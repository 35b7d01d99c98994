import { type AwsAnswer, callAws } from "./aws-call";
import type { SocketEvent } from "./events";

export type CallBack = {
  readonly id: string;
  readonly method: string;
  readonly body?: string;
  readonly unsigned?: boolean;
  /** As behind a custom domain whose mapping is empty. */
  readonly stageless?: boolean;
};

/** `@connections` at the address that the event names. */
export function callBack({ requestContext }: SocketEvent, call: CallBack): Promise<AwsAnswer> {
  const stage = call.stageless === true ? "" : `/${requestContext.stage}`;
  return callAws(
    {
      service: "execute-api",
      host: requestContext.domainName,
      path: `${stage}/@connections/${encodeURIComponent(call.id)}`,
      method: call.method,
      ...(call.body !== undefined && { body: call.body }),
    },
    call.unsigned !== true,
  );
}
