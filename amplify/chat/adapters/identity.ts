import type { AwsVariables } from "./environment";

export type Identity = {
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/** Lambda renews neither while a function's environment lives. */
export const identityOf = (variables: AwsVariables): Identity => ({
  region: variables.AWS_REGION,
  accessKeyId: variables.AWS_ACCESS_KEY_ID,
  secretAccessKey: variables.AWS_SECRET_ACCESS_KEY,
  ...(variables.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: variables.AWS_SESSION_TOKEN }),
});
