// The socket that most facts are tried on. What a route does is in handlers/; here is only which of them answer.
//
//   two-way   $default echo size whoami throw wait linger post stranger database failures, and ping without a function
//   one-way   quiet throw-quiet

import { ArnFormat, Stack } from "aws-cdk-lib";
import { WebSocketApi, WebSocketStage } from "aws-cdk-lib/aws-apigatewayv2";
import { WebSocketLambdaAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { WebSocketLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Construct } from "constructs";
import { addMockRoute } from "./mock-route";
import type { ProbeFunction } from "./probe-function";

const STAGE = "probe";

export type SocketApiProps = Readonly<
  Record<
    | "authorize"
    | "connect"
    | "disconnect"
    | "talk"
    | "wait"
    | "linger"
    | "post"
    | "stranger"
    | "database"
    | "failures",
    ProbeFunction
  >
>;

export class SocketApi extends Construct {
  readonly url: string;
  readonly connectionsArn: string;

  constructor(scope: Construct, id: string, props: SocketApiProps) {
    super(scope, id);
    const to = (name: string, { lambda }: ProbeFunction) => new WebSocketLambdaIntegration(name, lambda);
    const api = new WebSocketApi(this, "Api", {
      routeSelectionExpression: "$request.body.action",
      connectRouteOptions: {
        integration: to("Connect", props.connect),
        authorizer: new WebSocketLambdaAuthorizer("Authorizer", props.authorize.lambda, {
          identitySource: ["route.request.header.X-Pass"],
        }),
      },
      disconnectRouteOptions: { integration: to("Disconnect", props.disconnect) },
      defaultRouteOptions: { integration: to("Otherwise", props.talk), returnResponse: true },
    });
    const route = (key: string, probe: ProbeFunction, returnResponse: boolean) =>
      api.addRoute(key, { integration: to(key, probe), returnResponse });
    for (const key of ["echo", "size", "whoami", "throw"]) route(key, props.talk, true);
    for (const key of ["quiet", "throw-quiet"]) route(key, props.talk, false);
    for (const key of ["wait", "linger", "post", "stranger", "database", "failures"] as const)
      route(key, props[key], true);
    addMockRoute(api, "ping", '{"pong":true}');
    const stage = new WebSocketStage(this, "Stage", {
      webSocketApi: api,
      stageName: STAGE,
      autoDeploy: true,
    });
    this.url = stage.url;
    this.connectionsArn = Stack.of(this).formatArn({
      service: "execute-api",
      resource: api.apiId,
      resourceName: `${STAGE}/*/@connections/*`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  }
}
