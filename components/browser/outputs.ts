// What the app must know of its backend. next.config.js hands over what is in amplify_outputs.json, whose
// `custom` part has no type of its own: it is parsed here, once.

import * as v from "valibot";

const outputs = v.object({
  auth: v.object({
    user_pool_id: v.string(),
    user_pool_client_id: v.string(),
    password_policy: v.optional(
      v.object({
        min_length: v.optional(v.number()),
        require_lowercase: v.optional(v.boolean(), false),
        require_uppercase: v.optional(v.boolean(), false),
        require_numbers: v.optional(v.boolean(), false),
        require_symbols: v.optional(v.boolean(), false),
      }),
    ),
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
  /** What a new password needs, so that it is said before it is sent. */
  readonly passwordFormat: {
    readonly minLength: number;
    readonly requireLowercase: boolean;
    readonly requireUppercase: boolean;
    readonly requireNumbers: boolean;
    readonly requireSpecialCharacters: boolean;
  };
};

/** The user pool's own when it is not told otherwise. */
const LEAST_PASSWORD = 8;

export function parseOutputs(text: string): Outputs {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), outputs), text);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const where = v.getDotPath(issue) ?? "the file";
    throw new Error(`unable to use amplify_outputs.json; ${where}: ${issue.message}`);
  }
  const { auth, custom } = parsed.output;
  const policy = auth.password_policy;
  return {
    socketUrl: custom.chat.socketUrl,
    cognito: {
      userPoolId: auth.user_pool_id,
      userPoolClientId: auth.user_pool_client_id,
      ...(custom.userPoolEndpoint ? { userPoolEndpoint: custom.userPoolEndpoint } : {}),
    },
    passwordFormat: {
      minLength: policy?.min_length ?? LEAST_PASSWORD,
      requireLowercase: policy?.require_lowercase ?? false,
      requireUppercase: policy?.require_uppercase ?? false,
      requireNumbers: policy?.require_numbers ?? false,
      requireSpecialCharacters: policy?.require_symbols ?? false,
    },
  };
}

let read: Outputs | undefined;
/** The same for the life of the page. */
export const readOutputs = (): Outputs => (read ??= parseOutputs(process.env["PARLEY_OUTPUTS"] ?? ""));
