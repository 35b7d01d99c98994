import type { Resource } from "../resources";
import type { Integration } from "./api";
import { readTemplate } from "./mapping-template";
import { type Parts, text } from "./parts";

/** API Gateway's longest, and what it takes where the template names none. */
const MOST_TIMEOUT_MS = 29_000;

export function readIntegration(parts: Parts, integration: Resource): Integration {
  const { id, properties } = integration;
  const type = text(properties["IntegrationType"]);
  if (properties["RequestParameters"] !== undefined)
    throw new Error(`unable to serve ${id}; RequestParameters are not read by the local gateway`);
  if (type === "MOCK") return readMock(parts, integration);
  if (type !== "AWS_PROXY" || !text(properties["IntegrationUri"]).includes(":lambda:"))
    throw new Error(
      `unable to serve ${id}; ${type} to ${text(properties["IntegrationUri"])} is not run by the local gateway, only AWS_PROXY to a function and MOCK are`,
    );
  const timeoutMs = Number(properties["TimeoutInMillis"] ?? MOST_TIMEOUT_MS);
  return { is: "function", arn: text(properties["IntegrationUri"]), timeoutMs };
}

/** The request template names a status, which selects the integration response, whose template is the answer. */
function readMock(parts: Parts, integration: Resource): Integration {
  const { id, properties } = integration;
  const request = readTemplate(properties["RequestTemplates"], id, properties["TemplateSelectionExpression"]);
  if (request === undefined || !/"?statusCode"?\s*:\s*\d+/.test(request))
    throw new Error(`unable to serve ${id}; a mock integration needs a request template with a statusCode`);
  const responses = parts
    .ofType("IntegrationResponse")
    .filter((each) => each.properties["IntegrationId"] === parts.nameOf(integration));
  const [response, ...more] = responses;
  if (response === undefined) return { is: "mock", answer: undefined };
  if (more.length > 0 || response.properties["IntegrationResponseKey"] !== "$default")
    throw new Error(`unable to serve ${id}; only a $default integration response is understood here`);
  const answer = readTemplate(
    response.properties["ResponseTemplates"],
    response.id,
    response.properties["TemplateSelectionExpression"],
  );
  return { is: "mock", answer };
}
