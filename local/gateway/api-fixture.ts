// A WebSocket API as the CDK synthesizes one.

import type { Resource } from "../resources";

const uri = (name: string) =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:${name}/invocations`;

const resource = (type: string, id: string, properties: Record<string, unknown>): Resource => ({
  id,
  type: `AWS::ApiGatewayV2::${type}`,
  properties: { ...(type !== "Api" && { ApiId: "api1" }), ...properties },
});

const integration = (name: string): Resource =>
  resource("Integration", `${name}Integration`, { IntegrationType: "AWS_PROXY", IntegrationUri: uri(name) });

const route = (key: string, name: string, properties: Record<string, unknown> = {}): Resource =>
  resource("Route", `${name}Route`, {
    RouteKey: key,
    AuthorizationType: "NONE",
    Target: `integrations/${name}Integration`,
    ...properties,
  });

const TWO_WAY = { RouteResponseSelectionExpression: "$default" };

/** `$connect` with an authorizer, `$disconnect`, a two-way `$default`, a one-way `quiet`, and a mock `ping`. */
export function chatApi(): Resource[] {
  return [
    resource("Api", "api1", {
      Name: "chat",
      ProtocolType: "WEBSOCKET",
      RouteSelectionExpression: "$request.body.action",
    }),
    resource("Authorizer", "authorizer1", {
      AuthorizerType: "REQUEST",
      AuthorizerUri: uri("authorize"),
      IdentitySource: ["route.request.header.Sec-WebSocket-Protocol"],
    }),
    integration("connect"),
    integration("disconnect"),
    integration("frames"),
    integration("quiet"),
    resource("Integration", "pingIntegration", {
      IntegrationType: "MOCK",
      IntegrationUri: "",
      RequestTemplates: { $default: '{"statusCode":200}' },
      TemplateSelectionExpression: "\\$default",
    }),
    resource("IntegrationResponse", "pong", {
      IntegrationId: "pingIntegration",
      IntegrationResponseKey: "$default",
      ResponseTemplates: { $default: '{"type":"pong"}' },
      TemplateSelectionExpression: "\\$default",
    }),
    route("$connect", "connect", { AuthorizationType: "CUSTOM", AuthorizerId: "authorizer1" }),
    route("$disconnect", "disconnect"),
    route("$default", "frames", TWO_WAY),
    route("quiet", "quiet"),
    route("ping", "ping", TWO_WAY),
    resource("RouteResponse", "framesResponse", { RouteId: "framesRoute", RouteResponseKey: "$default" }),
    resource("RouteResponse", "pingResponse", { RouteId: "pingRoute", RouteResponseKey: "$default" }),
    resource("Stage", "stage1", {
      StageName: "chat",
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 },
    }),
  ];
}

/** The same resources, one of them with other properties. */
export const changed =
  (id: string, properties: Record<string, unknown>) =>
  (resources: Resource[]): Resource[] =>
    resources.map((each) =>
      each.id === id ? { ...each, properties: { ...each.properties, ...properties } } : each,
    );
