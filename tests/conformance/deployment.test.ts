// What AWS refuses when it is deployed, the local cloud refuses when it starts, with a sentence. There is nothing to
// ask a running stage: it would not be there.

import { describe, expect, inject } from "vitest";
import { readApis } from "../../local/gateway/read-api";
import { chatApi, changed } from "../../local/gateway/api-fixture";
import { partsOf } from "../../local/gateway/parts";
import type { Resource } from "../../local/resources";
import { openAssembly } from "../../local/template/assembly";
import { writeAssembly } from "../../local/template/assembly-fixture";
import { readTemplate } from "../../local/template/template";
import { accountOf } from "./account";
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
    "a web ACL for a WebSocket API, and a distribution in front of it",
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
});

describe("what the account must have", () => {
  fact(
    17,
    "a CloudWatch role, before logs are on",
    async () => {
      expect(await accountOf(inject("place").region)).toMatchObject({
        cloudwatchRoleArn: expect.stringContaining(":role/"),
      });
    },
    { notLocal: "there is no account here; `npm run doctor` asks for the role before a deployment" },
  );
});
