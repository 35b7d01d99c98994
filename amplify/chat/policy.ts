import type { UserId } from "../../core/domain/ids";

/** Kept to a few hundred bytes: API Gateway takes 8 KB, and hands the context on with every frame. */
export type AuthorizerAnswer = {
  readonly principalId: string;
  readonly policyDocument: {
    readonly Version: "2012-10-17";
    readonly Statement: readonly [
      { readonly Action: "execute-api:Invoke"; readonly Effect: "Allow" | "Deny"; readonly Resource: string },
    ];
  };
  readonly context?: { readonly user: UserId };
};

export const allow = (user: UserId, methodArn: string): AuthorizerAnswer => ({
  ...answer(user, "Allow", methodArn),
  context: { user },
});

/**
 * 403 for whoever asked. Throwing "Unauthorized" would make it 401, and every expired token an error of the
 * function: an alarm on errors must not go off because somebody opened a laptop.
 */
export const deny = (methodArn: string): AuthorizerAnswer => answer("nobody", "Deny", methodArn);

const answer = (principalId: string, effect: "Allow" | "Deny", methodArn: string): AuthorizerAnswer => ({
  principalId,
  policyDocument: {
    Version: "2012-10-17",
    Statement: [{ Action: "execute-api:Invoke", Effect: effect, Resource: methodArn }],
  },
});
