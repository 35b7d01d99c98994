// What AWS refuses when it is deployed, the local cloud refuses when it starts, with a sentence. There is nothing to
// ask a running stage: it would not be there.

import { describe, expect } from "vitest";
import { readApis } from "../../local/gateway/read-api";
import { chatApi, changed } from "../../local/gateway/api-fixture";
import { stand } from "../../local/gateway/gateway-fixture";
import { partsOf } from "../../local/gateway/parts";
import type { Resource } from "../../local/resources";
import { openAssembly } from "../../local/template/assembly";
import { writeAssembly } from "../../local/template/assembly-fixture";
import { readTemplate } from "../../local/template/template";
import { accountOf, switchLogs } from "./account";
import { fact } from "./fact";

const notDeployed = "AWS refuses it at the deployment: there is no stage to ask";

const served = (resources: readonly Resource[]) => readApis(partsOf(resources, ({ id }) => id));
const read = (type: string) =>
  readTemplate(openAssembly(writeAssembly({ root: { Resources: { It: { Type: type } } } })));

describe("what is refused before it runs", () => {
  fact(
    7,
    "a custom route key that starts with $",
    () => {
      expect(() => served(changed("quietRoute", { RouteKey: "$quiet" })(chatApi()))).toThrow(
        /quietRoute.*\$quiet.*reserved/,
      );
    },
    { notDeployed },
  );

  fact(
    15,
    "a throttle that names one of rate and burst",
    () => {
      for (const settings of [{ ThrottlingRateLimit: 5 }, { ThrottlingBurstLimit: 5 }]) {
        const ofStage = changed("stage1", { DefaultRouteSettings: settings });
        const ofRoute = changed("stage1", { RouteSettings: { ping: settings } });
        expect(() => served(ofStage(chatApi()))).toThrow("needs both");
        expect(() => served(ofRoute(chatApi()))).toThrow("needs both");
      }
    },
    { notDeployed },
  );

  fact(
    17,
    "execution logs that would write what people say",
    () => {
      const logged = changed("stage1", {
        DefaultRouteSettings: { LoggingLevel: "INFO", DataTraceEnabled: true },
      });
      expect(() => served(logged(chatApi()))).toThrow(/DataTraceEnabled.*bodies/);
    },
    { notDeployed: "AWS deploys it, and writes the bodies" },
  );

  fact(
    19,
    "a web ACL or a distribution in the template: neither is run here, and the start names it",
    () => {
      expect(() => read("AWS::WAFv2::WebACLAssociation")).toThrow(
        "unable to run AWS::WAFv2::WebACLAssociation",
      );
      expect(() => read("AWS::CloudFront::Distribution")).toThrow(
        "unable to run AWS::CloudFront::Distribution",
      );
    },
    { notDeployed },
  );

  fact(19, "a web ACL that is attached to a WebSocket API's stage", () => undefined, {
    notLocal: "there is no WAF here that could take it or not",
    notDeployed: "it needs a web ACL, which AWS bills by the month",
  });

  fact(19, "CloudFront in front of a socket sees its handshake and no frame", () => undefined, {
    notLocal: "there is no CloudFront here",
    notDeployed: "it needs a distribution, which the probe does not have",
  });
});

describe("what the account must have", () => {
  const LOGGED = [
    { AccessLogSettings: { DestinationArn: "arn:aws:logs:us-east-1:000000000000:log-group:x", Format: "x" } },
    { DefaultRouteSettings: { LoggingLevel: "ERROR" } },
  ];

  fact(
    17,
    "a CloudWatch role, before logs are on: the start says so, and cannot know whether it is there",
    async () => {
      const said = async (settings: Record<string, unknown>): Promise<readonly string[]> => {
        const gateway = await stand({}, changed("stage1", settings));
        await gateway.close();
        return gateway.printed;
      };
      for (const settings of LOGGED)
        expect(await said(settings)).toEqual([expect.stringMatching(/CloudWatch role.*docs\/deploy\.md/)]);
      expect(await said({})).toEqual([]);
    },
    { notDeployed: "what the start of the local cloud says is said locally" },
  );

  fact(
    17,
    "a CloudWatch role, before logs are on: with it they can be switched on, without it AWS refuses",
    async ({ place }) => {
      const { cloudwatchRoleArn } = await accountOf(place.region);
      const hasRole = typeof cloudwatchRoleArn === "string" && cloudwatchRoleArn !== "";
      const switched = await switchLogs(place, "ERROR");
      if (switched.status === 200) await switchLogs(place, "OFF");
      expect(switched).toMatchObject(
        hasRole ? { status: 200 } : { status: 400, text: expect.stringContaining("CloudWatch Logs role") },
      );
    },
    { notLocal: "there is no account here; `npm run doctor` asks for the role before a deployment" },
  );
});
