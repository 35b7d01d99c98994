import type { RoleKeys } from "./role-keys";
import type { FunctionSettings } from "./settings";

export type Endpoints = {
  readonly dynamodb: string;
  /** Without a stage: "http://localhost:3001". */
  readonly apiGatewayManagement: string;
  /** Serves "/<pool>/.well-known/jwks.json". */
  readonly cognitoIdp: string;
};

/**
 * The whole environment of a function: nothing of this process leaks in. Lambda's own variables win over the
 * template's, as they do on AWS, where setting a reserved one is refused.
 */
export function environmentVariables(
  settings: FunctionSettings,
  place: {
    readonly region: string;
    readonly keys: RoleKeys;
    readonly sessionToken: string;
    readonly endpoints: Endpoints;
    readonly logStream: string;
    readonly extra: Readonly<Record<string, string>>;
  },
): Record<string, string> {
  const { keys, endpoints, region } = place;
  return {
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    PATH: "/var/lang/bin:/usr/local/bin:/usr/bin:/bin:/opt/bin",
    ...settings.environment,
    ...place.extra,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${settings.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: settings.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${settings.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: place.logStream,
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_SESSION_TOKEN: place.sessionToken,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: endpoints.apiGatewayManagement,
    LAMBDA_TASK_ROOT: settings.directory,
    _HANDLER: settings.handler,
  };
}

/** What a name service would say inside a function. Any other host of AWS has no address here. */
export function hostsOf(region: string, endpoints: Endpoints): Record<string, string> {
  return {
    [`cognito-idp.${region}.amazonaws.com`]: endpoints.cognitoIdp,
    [`dynamodb.${region}.amazonaws.com`]: endpoints.dynamodb,
    [`*.execute-api.${region}.amazonaws.com`]: endpoints.apiGatewayManagement,
    // Queues answer on the same port, told apart by their own header.
    [`sqs.${region}.amazonaws.com`]: endpoints.apiGatewayManagement,
  };
}
