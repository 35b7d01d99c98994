import { describe, expect, it } from "vitest";
import type { Resource } from "../resources";
import { changed, chatApi } from "./api-fixture";
import { partsOf } from "./parts";
import { readApis } from "./read-api";

const read = (resources: Resource[]) => readApis(partsOf(resources, ({ id }) => id));

describe("an API of the template", () => {
  it("is read with its routes, its authorizer and its throttle", () => {
    const [api] = read(chatApi());
    expect(api).toMatchObject({
      id: "api1",
      stage: "chat",
      selection: ["action"],
      throttle: { perSecond: 100, burst: 50 },
      authorizer: { identitySources: [{ is: "header", name: "Sec-WebSocket-Protocol" }] },
    });
    expect(api?.routes.get("ping")).toEqual({
      key: "ping",
      answers: true,
      integration: { is: "mock", answer: '{"type":"pong"}' },
    });
    expect(api?.routes.get("quiet")).toMatchObject({
      answers: false,
      integration: { is: "function", timeoutMs: 29_000 },
    });
  });

  it.each<[boolean, string, Record<string, unknown>]>([
    [false, "without them", {}],
    [true, "to access logs", { AccessLogSettings: { DestinationArn: "arn", Format: "$context.routeKey" } }],
    [true, "to execution logs", { DefaultRouteSettings: { LoggingLevel: "ERROR" } }],
    [true, "to those of one route", { RouteSettings: { ping: { LoggingLevel: "INFO" } } }],
    [false, "to logs that are off", { RouteSettings: { ping: { LoggingLevel: "OFF" } } }],
  ])("writes logs: %s, %s", (writesLogs, _what, settings) => {
    expect(read(changed("stage1", settings)(chatApi()))).toMatchObject([{ writesLogs }]);
  });

  it.each<[string, string, Record<string, unknown>]>([
    [
      "an HTTP integration",
      "quietIntegration",
      { IntegrationType: "HTTP_PROXY", IntegrationUri: "https://x" },
    ],
    ["authorization by IAM", "connectRoute", { AuthorizationType: "AWS_IAM" }],
    ["request models", "quietRoute", { RequestModels: { $default: "m" } }],
    ["API keys", "quietRoute", { ApiKeyRequired: true }],
    ["the template language", "pong", { ResponseTemplates: { $default: '{"to":"$context.connectionId"}' } }],
    ["a throttle with a rate alone", "stage1", { DefaultRouteSettings: { ThrottlingRateLimit: 1 } }],
    ["a reserved route key", "quietRoute", { RouteKey: "$quiet" }],
    ["logs with the bodies of messages", "stage1", { DefaultRouteSettings: { DataTraceEnabled: true } }],
    ["an HTTP API", "api1", { ProtocolType: "HTTP" }],
    ["another selection", "api1", { RouteSelectionExpression: "$request.header.x" }],
    ["an unknown integration", "quietRoute", { Target: "integrations/ghost" }],
  ])("is refused, by name, for %s", (_what, id, properties) => {
    expect(() => read(changed(id, properties)(chatApi()))).toThrow(/^unable to/);
  });

  it("is refused for a resource type that the gateway does not run", () => {
    const mapping = { id: "m", type: "AWS::ApiGatewayV2::ApiMapping", properties: {} };
    expect(() => read([...chatApi(), mapping])).toThrow("AWS::ApiGatewayV2::ApiMapping");
  });
});
