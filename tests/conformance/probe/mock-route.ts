import { CfnIntegrationResponse, type WebSocketApi } from "aws-cdk-lib/aws-apigatewayv2";
import { WebSocketMockIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { Construct } from "constructs";

/** A `$` that is meant as it stands is escaped in a selection expression. */
const ALWAYS = "\\$default";

/** A two-way route that the gateway answers by itself. */
export function addMockRoute(api: WebSocketApi, key: string, answer: string): void {
  const route = api.addRoute(key, {
    integration: new WebSocketMockIntegration("Mock", {
      requestTemplates: { $default: '{"statusCode":200}' },
      templateSelectionExpression: ALWAYS,
    }),
    returnResponse: true,
  });
  new CfnIntegrationResponse(route, "Answer", {
    apiId: api.apiId,
    integrationId: integrationIdOf(route.node.findChild("Mock")),
    integrationResponseKey: "$default",
    responseTemplates: { $default: answer },
    templateSelectionExpression: ALWAYS,
  });
}

function integrationIdOf(integration: Construct | { readonly integrationId?: unknown }): string {
  if ("integrationId" in integration && typeof integration.integrationId === "string")
    return integration.integrationId;
  throw new Error("unable to answer a mock route; its integration has no id");
}
