import { defineBackend } from "@aws-amplify/backend";
import { auth } from "./auth/resource";
import { applyUserPoolSettings } from "./auth/settings";
import { rateMessagesOf } from "./chat/rate";
import { Chat } from "./chat/resource";
import { deploymentOf } from "./deployment";

const backend = defineBackend({ auth });
const deployment = deploymentOf(backend.stack);

applyUserPoolSettings(backend.auth.resources.cfnResources, deployment);

const chat = new Chat(backend.createStack("chat"), "Chat", {
  deployment,
  userPoolId: backend.auth.resources.userPool.userPoolId,
  userPoolClientId: backend.auth.resources.userPoolClient.userPoolClientId,
  moreOrigins: process.env["PARLEY_ORIGINS"] ?? "",
  accessLogs: process.env["PARLEY_ACCESS_LOGS"] === "on",
  alarmTopicArn: process.env["PARLEY_ALARM_TOPIC"] ?? "",
  rateMessages: rateMessagesOf(process.env["PARLEY_RATE_MESSAGES"]),
});

backend.addOutput({ custom: { chat: { socketUrl: chat.socketUrl } } });
