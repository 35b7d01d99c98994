// A socket without a function, an authorizer or a `$default`, and with little room: what is not selected is
// forbidden, and what is too much is throttled.

import { CfnStage, WebSocketApi, WebSocketStage } from "aws-cdk-lib/aws-apigatewayv2";
import { Construct } from "constructs";
import { addMockRoute } from "./mock-route";

/** So many a second and so many at once on the route `rare`, for all clients together. */
const RARE = { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 3 };

export class BareApi extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const api = new WebSocketApi(this, "Api", { routeSelectionExpression: "$request.body.action" });
    addMockRoute(api, "hit", '{"hit":true}');
    addMockRoute(api, "rare", '{"rare":true}');
    const stage = new WebSocketStage(this, "Stage", {
      webSocketApi: api,
      stageName: "bare",
      autoDeploy: true,
      throttle: { rateLimit: 500, burstLimit: 200 },
    });
    const cfnStage = stage.node.defaultChild;
    if (!(cfnStage instanceof CfnStage))
      throw new Error("unable to throttle a route; the stage is no CfnStage");
    cfnStage.routeSettings = { rare: RARE };
    this.url = stage.url;
  }
}
