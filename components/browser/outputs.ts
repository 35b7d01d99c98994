// What the app must know of its backend. next.config.js hands over what is in amplify_outputs.json, whose
// `custom` part has no type of its own: it is parsed here, once.

import * as v from "valibot";

const outputs = v.object({
  auth: v.object({
    user_pool_id: v.string(),
    user_pool_client_id: v.string(),
  }),
  custom: v.object({
    chat: v.object({ socketUrl: v.pipe(v.string(), v.url(), v.regex(/^wss?:/)) }),
    /** Only the local cloud has one. */
    userPoolEndpoint: v.optional(v.pipe(v.string(), v.url())),
  }),
});

export type Outputs = {
  readonly socketUrl: string;
  readonly cognito: {
    readonly userPoolId: string;
    readonly userPoolClientId: string;
    readonly userPoolEndpoint?: string;
  };
};

export function parseOutputs(text: string): Outputs {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), outputs), text);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const where = v.getDotPath(issue) ?? "the file";
    throw new Error(`unable to use amplify_outputs.json; ${where}: ${issue.message}`);
  }
  const { auth, custom } = parsed.output;
  return {
    socketUrl: custom.chat.socketUrl,
    cognito: {
      userPoolId: auth.user_pool_id,
      userPoolClientId: auth.user_pool_client_id,
      ...(custom.userPoolEndpoint ? { userPoolEndpoint: custom.userPoolEndpoint } : {}),
    },
  };
}

let read: Outputs | undefined;
/** The same for the life of the page. */
export const readOutputs = (): Outputs => (read ??= parseOutputs(process.env["PARLEY_OUTPUTS"] ?? ""));
