// From the template's AWS::ApiGatewayV2 resources to an `Api`. What this gateway would have to leave out is
// refused by name here, at the start: a route that is silently different from the deployed one is worse than none.

import { REGION, type Resource } from "../resources";
import { isRecord } from "../template/json";
import type { Api, Authorizer, IdentitySource, Rate, Route } from "./api";
import { readIntegration } from "./read-integration";
import { readSelection } from "./selection";
import { type Parts, text } from "./parts";

const HANDLED = new Set(
  [
    "Api",
    "Authorizer",
    "Deployment",
    "Integration",
    "IntegrationResponse",
    "Route",
    "RouteResponse",
    "Stage",
  ].map((name) => `AWS::ApiGatewayV2::${name}`),
);

export function readApis(parts: Parts): readonly Api[] {
  for (const { id, type } of parts.resources)
    if (type.startsWith("AWS::ApiGatewayV2::") && !HANDLED.has(type))
      throw refusal(id, `${type} is not run by the local cloud`);
  const apis = parts
    .ofType("Stage")
    .map((stage) => ({ stage, api: parts.named("Api", text(stage.properties["ApiId"])) }))
    .map(({ stage, api }) => readApi(parts, api, stage));
  const stages = apis.map((api) => api.stage);
  const twice = stages.find((stage, at) => stages.indexOf(stage) !== at);
  if (twice !== undefined)
    throw new Error(`unable to serve two stages named "${twice}"; each is a path of the one address`);
  return apis;
}

function readApi(parts: Parts, api: Resource, stage: Resource): Api {
  if (api.properties["ProtocolType"] !== "WEBSOCKET")
    throw refusal(api.id, `its protocol is ${text(api.properties["ProtocolType"])}, not WEBSOCKET`);
  const apiId = parts.nameOf(api);
  const own = (type: string) => parts.ofType(type).filter((each) => each.properties["ApiId"] === apiId);
  const settings = stage.properties["RouteSettings"];
  const routeThrottles = Object.entries(isRecord(settings) ? settings : {}).flatMap(([key, setting]) => {
    const rate = readRate(setting, `${stage.id}, route ${key}`);
    return rate === undefined ? [] : [[key, rate] as const];
  });
  return {
    id: apiId,
    region: REGION,
    stage: text(stage.properties["StageName"]),
    stageVariables: readVariables(stage.properties["StageVariables"]),
    selection: readSelection(text(api.properties["RouteSelectionExpression"])),
    routes: new Map(
      own("Route").map((route) => [text(route.properties["RouteKey"]), readRoute(parts, route)]),
    ),
    authorizer: readAuthorizer(parts, own("Route")),
    throttle: readRate(stage.properties["DefaultRouteSettings"], stage.id),
    routeThrottles: new Map(routeThrottles),
    writesLogs: writesLogs(stage),
  };
}

const GATEWAYS_OWN = ["$connect", "$disconnect", "$default"];

function readRoute(parts: Parts, route: Resource): Route {
  const { properties, id } = route;
  const key = text(properties["RouteKey"]);
  if (key.startsWith("$") && !GATEWAYS_OWN.includes(key))
    throw refusal(id, `its key "${key}" starts with $, which is reserved: name it without`);
  for (const unread of ["RequestModels", "RequestParameters", "ModelSelectionExpression"])
    if (properties[unread] !== undefined) throw refusal(id, `${unread} is not read by the local gateway`);
  if (properties["ApiKeyRequired"] === true)
    throw refusal(id, "API keys are not checked by the local gateway");
  const target = /^integrations\/(.+)$/.exec(text(properties["Target"]))?.[1];
  if (target === undefined) throw refusal(id, "it has no integration as its Target");
  const responses = parts
    .ofType("RouteResponse")
    .filter((each) => each.properties["RouteId"] === parts.nameOf(route));
  return {
    key,
    integration: readIntegration(parts, parts.named("Integration", target)),
    answers: responses.length > 0 && properties["RouteResponseSelectionExpression"] === "$default",
  };
}

function readAuthorizer(parts: Parts, routes: readonly Resource[]): Authorizer | undefined {
  for (const { id, properties } of routes) {
    const kind = properties["AuthorizationType"] ?? "NONE";
    if (kind === "NONE") continue;
    if (kind !== "CUSTOM")
      throw refusal(id, `authorization by ${text(kind)} is not run by the local gateway`);
    if (properties["RouteKey"] !== "$connect") throw refusal(id, "only $connect can have an authorizer");
    const authorizer = parts.named("Authorizer", text(properties["AuthorizerId"]));
    if (authorizer.properties["AuthorizerType"] !== "REQUEST")
      throw refusal(authorizer.id, "a WebSocket API takes REQUEST authorizers only");
    const sources = authorizer.properties["IdentitySource"];
    return {
      id: text(properties["AuthorizerId"]),
      arn: text(authorizer.properties["AuthorizerUri"]),
      identitySources: (Array.isArray(sources) ? sources : []).map((source) =>
        readIdentitySource(text(source), authorizer.id),
      ),
    };
  }
  return undefined;
}

function readIdentitySource(source: string, id: string): IdentitySource {
  const [, kind, name] = /^route\.request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  if (kind === undefined || name === undefined)
    throw refusal(id, `identity source "${source}" is neither a header nor a query parameter`);
  return { is: kind === "header" ? "header" : "query", name };
}

function readRate(settings: unknown, where: string): Rate | undefined {
  if (!isRecord(settings)) return undefined;
  if (String(settings["DataTraceEnabled"]) === "true")
    throw refusal(where, "DataTraceEnabled would write the bodies of messages into the execution logs");
  const perSecond = settings["ThrottlingRateLimit"];
  const burst = settings["ThrottlingBurstLimit"];
  if (perSecond === undefined && burst === undefined) return undefined;
  if (perSecond === undefined || burst === undefined)
    throw refusal(where, "a throttle needs both ThrottlingRateLimit and ThrottlingBurstLimit");
  return { perSecond: Number(perSecond), burst: Number(burst) };
}

function writesLogs({ properties }: Resource): boolean {
  const ofRoutes = properties["RouteSettings"];
  const settings = [properties["DefaultRouteSettings"], ...Object.values(isRecord(ofRoutes) ? ofRoutes : {})];
  const levels = settings.map((each) => (isRecord(each) ? each["LoggingLevel"] : undefined));
  return (
    properties["AccessLogSettings"] !== undefined ||
    levels.some((level) => level !== undefined && level !== "OFF")
  );
}

const readVariables = (variables: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(isRecord(variables) ? variables : {}).map(([name, value]) => [name, text(value)]),
  );

const refusal = (id: string, reason: string): Error => new Error(`unable to serve ${id}; ${reason}`);
