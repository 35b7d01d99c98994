// The socket's front door.
//
//   $connect     authorize, then connect: refuses the handshake or echoes the subprotocol
//   $disconnect  disconnect: best effort, may come late or never
//   ping         answered here: no function, no cost but the frame
//   mark, typing frames too, but told and not asked: an answer is a message on the bill, and these need none
//   $default     frames: everything else, and what is no JSON; the function's body is the answer
//
// Only `ping` and `$default` have a route response. Without one a function's answer never reaches the client.

import { CfnIntegrationResponse, CfnStage, WebSocketApi, WebSocketStage } from "aws-cdk-lib/aws-apigatewayv2";
import { WebSocketLambdaAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import {
  WebSocketLambdaIntegration,
  WebSocketMockIntegration,
} from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { ArnFormat, Stack } from "aws-cdk-lib";
import { Construct } from "constructs";
import { TOLD } from "../../core/protocol/told";
import { removalOf, type Deployment } from "../deployment";

export const STAGE = "chat";

/**
 * Over all clients of the stage. An account has 10,000 requests a second for everything in API Gateway: half of
 * it leaves room for the callbacks, which count too. A burst is what the bucket holds.
 */
const THROTTLE = { rateLimit: 5_000, burstLimit: 2_500 };

/** A `$` that is meant as it stands is escaped in a selection expression. */
const ALWAYS = "\\$default";

export type ChatWebSocketApiProps = {
  readonly deployment: Deployment;
  readonly authorize: IFunction;
  readonly connect: IFunction;
  readonly disconnect: IFunction;
  readonly frames: IFunction;
  /** Needs the account's CloudWatch role for API Gateway; without that role the deployment fails. */
  readonly accessLogs: boolean;
};

export class ChatWebSocketApi extends Construct {
  readonly socketUrl: string;
  private readonly api: WebSocketApi;

  constructor(scope: Construct, id: string, props: ChatWebSocketApiProps) {
    super(scope, id);
    this.api = new WebSocketApi(this, "Api", {
      apiName: "parley",
      routeSelectionExpression: "$request.body.action",
      connectRouteOptions: {
        integration: new WebSocketLambdaIntegration("Connect", props.connect),
        authorizer: new WebSocketLambdaAuthorizer("Authorizer", props.authorize, {
          // Missing: 401 from the gateway, without calling the function.
          identitySource: ["route.request.header.Sec-WebSocket-Protocol"],
        }),
      },
      disconnectRouteOptions: {
        integration: new WebSocketLambdaIntegration("Disconnect", props.disconnect),
      },
      defaultRouteOptions: {
        integration: new WebSocketLambdaIntegration("Frames", props.frames),
        returnResponse: true,
      },
    });
    this.addPing();
    for (const action of TOLD)
      this.api.addRoute(action, { integration: new WebSocketLambdaIntegration("Frames", props.frames) });
    const stage = new WebSocketStage(this, "Stage", {
      webSocketApi: this.api,
      stageName: STAGE,
      autoDeploy: true,
      throttle: THROTTLE,
    });
    if (props.accessLogs) this.addAccessLogs(stage, props.deployment);
    this.socketUrl = stage.url;
  }

  get apiId(): string {
    return this.api.apiId;
  }

  /** `@connections` of this stage and of no other. */
  connectionsArn(method: "POST" | "GET" | "DELETE"): string {
    return Stack.of(this).formatArn({
      service: "execute-api",
      resource: this.api.apiId,
      resourceName: `${STAGE}/${method}/@connections/*`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  }

  private addPing(): void {
    const route = this.api.addRoute("ping", {
      integration: new WebSocketMockIntegration("Ping", {
        requestTemplates: { $default: '{"statusCode":200}' },
        templateSelectionExpression: ALWAYS,
      }),
      returnResponse: true,
    });
    new CfnIntegrationResponse(this, "Pong", {
      apiId: this.api.apiId,
      integrationId: integrationIdOf(route.node.findChild("Ping")),
      integrationResponseKey: "$default",
      responseTemplates: { $default: '{"type":"pong"}' },
      templateSelectionExpression: ALWAYS,
    });
  }

  private addAccessLogs(stage: WebSocketStage, deployment: Deployment): void {
    const logGroup = new LogGroup(this, "AccessLogs", {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: removalOf(deployment),
    });
    const field = (name: string) => [name, `$context.${name}`] as const;
    const format = ["requestId", "connectionId", "eventType", "routeKey", "status", "integrationLatency"];
    const cfnStage = stage.node.defaultChild;
    if (!(cfnStage instanceof CfnStage))
      throw new Error("unable to set access logs; the stage is not a CfnStage");
    cfnStage.accessLogSettings = {
      destinationArn: logGroup.logGroupArn,
      format: JSON.stringify(Object.fromEntries(format.map(field))),
    };
  }
}

function integrationIdOf(integration: Construct | { readonly integrationId?: unknown }): string {
  if ("integrationId" in integration && typeof integration.integrationId === "string")
    return integration.integrationId;
  throw new Error("unable to answer pings; the mock integration has no id");
}
