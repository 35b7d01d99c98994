// The WebSocket API: its logs, its throttles, and the functions behind it.

import { recordAt, textAt } from "../../template/json";
import type { Branch, Facts } from "../facts";
import { type Check, fail, none, ok, type Verdict, warn } from "../finding";
import { onBranch, type Placed, resourcesOf, shortName } from "./backend";

const STAGE = "AWS::ApiGatewayV2::Stage";
/** API Gateway gives a function up after 29 s; what it does after that nobody hears. */
const GATEWAY_GIVES_UP_SECONDS = 29;

const stagesOf = ({ stacks }: Branch): readonly Placed[] =>
  resourcesOf(stacks).filter(({ type }) => type === STAGE);

/** The default settings and those of single routes, each with a name. */
function routeSettings(stage: Placed): readonly (readonly [string, ReturnType<typeof recordAt>])[] {
  const routes = recordAt(stage.properties, "RouteSettings");
  return [
    ["every route", recordAt(stage.properties, "DefaultRouteSettings")],
    ...Object.keys(routes).map((route) => [route, recordAt(routes, route)] as const),
  ];
}

const writesLogs = (stage: Placed): boolean =>
  stage.properties["AccessLogSettings"] !== undefined ||
  routeSettings(stage).some(([, { LoggingLevel: level }]) => level !== undefined && level !== "OFF");

function cloudWatchRole({ backend, account }: Facts): Verdict {
  if (backend.is === "broken") return ok("Not looked at: the backend cannot be synthesized.");
  if (!stagesOf(backend.branch).some(writesLogs))
    return ok("The gateway writes no logs of its own, so the account needs no CloudWatch role for it.");
  const has =
    account.is === "found" && account.answer.is === "known" ? account.answer.hasCloudWatchRole : undefined;
  if (has === true)
    return ok("The gateway writes access logs, and the account has the CloudWatch role for it.");
  if (has === false)
    return fail(
      "The gateway is to write logs, and the account has no CloudWatch role for it: set one, or PARLEY_ACCESS_LOGS=off.",
    );
  return warn(
    "The gateway is to write logs: make sure that the account has a CloudWatch role for API Gateway.",
  );
}

function messageBodies(branch: Branch): Verdict {
  const wrong = stagesOf(branch).flatMap((stage) =>
    routeSettings(stage).flatMap(([route, { DataTraceEnabled: trace, LoggingLevel: level }]) => [
      ...(trace === true ? [`${route}: data trace`] : []),
      ...(level === "INFO" ? [`${route}: execution logs at INFO`] : []),
    ]),
  );
  return none(wrong, "No log of the gateway holds a message.", (named) =>
    fail(`${named}, which writes what people say to CloudWatch: switch it off; access logs hold ids only.`),
  );
}

function throttles(branch: Branch): Verdict {
  const settings = stagesOf(branch).flatMap(routeSettings);
  const has = ([, { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst }]: (typeof settings)[number]) => [
    typeof rate === "number" && rate > 0,
    typeof burst === "number" && burst > 0,
  ];
  const halves = settings.filter((one) => has(one)[0] !== has(one)[1]).map(([route]) => route);
  if (halves.length > 0)
    return fail(
      `The throttle of ${halves.join(", ")} names only one of rate and burst, and API Gateway takes the other for 0: name both.`,
    );
  const wrong = stagesOf(branch).filter((stage) => routeSettings(stage).every((one) => !has(one)[0]));
  return none(
    wrong.map(({ id }) => shortName(id)),
    "The stage's throttle names rate and burst.",
    (named) => warn(`${named} has no throttle: one loop in one client could use up the account's.`),
  );
}

function timeouts({ stacks }: Branch): Verdict {
  const resources = resourcesOf(stacks);
  const targets = resources
    .filter(
      ({ type }) => type === "AWS::ApiGatewayV2::Integration" || type === "AWS::ApiGatewayV2::Authorizer",
    )
    .map(({ properties }) => JSON.stringify(properties));
  const behind = resources.filter(
    ({ type, id }) =>
      type === "AWS::Lambda::Function" && targets.some((target) => target.includes(`"${id}"`)),
  );
  const wrong = behind
    .filter(({ properties }) => Number(properties["Timeout"] ?? 3) >= GATEWAY_GIVES_UP_SECONDS)
    .map(({ id }) => shortName(id));
  return none(
    wrong,
    `The ${behind.length} functions behind the socket give up before the gateway does.`,
    (named) =>
      fail(
        `${named} may run on after the gateway gave up at ${GATEWAY_GIVES_UP_SECONDS} s: shorten its timeout.`,
      ),
  );
}

function deploys(branch: Branch): Verdict {
  const wrong = stagesOf(branch).filter(({ properties }) => properties["AutoDeploy"] !== true);
  return none(
    wrong.map(({ properties, id }) => textAt(properties, "StageName") ?? shortName(id)),
    "The stage deploys itself when a route changes.",
    (named) =>
      fail(`Stage ${named} does not deploy itself: changed routes would not be served; set autoDeploy.`),
  );
}

export const SOCKET: readonly Check[] = [
  { name: "cloudwatch-role", see: "the-cloudwatch-role", judge: cloudWatchRole },
  { name: "message-bodies", see: "message-bodies-in-logs", judge: onBranch(messageBodies) },
  { name: "throttles", see: "throttles", judge: onBranch(throttles) },
  { name: "timeouts", see: "functions", judge: onBranch(timeouts) },
  { name: "auto-deploy", see: "the-stage", judge: onBranch(deploys) },
];
