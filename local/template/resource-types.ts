// The closed table of resource types. A type that is missing here stops the start: what nobody runs would be a
// difference from the deployed system that nobody sees.

import { ACCOUNT, REGION } from "../resources";
import { isRecord, type Json } from "./json";
import { lettersFrom, physicalName, uuidFrom } from "./names";

export type Place = { readonly stackName: string; readonly logicalId: string; readonly properties: Json };

type Part = "tables" | "functions" | "user-pool" | "gateway" | "streams" | "queues" | "alarms" | "iam";

export type ResourceType = {
  readonly fate:
    { readonly is: "runs"; readonly in: Part } | { readonly is: "ignored"; readonly because: string };
  /** What `Ref` says. */
  readonly ref: (place: Place) => string;
  /** What `Fn::GetAtt` says, by attribute. */
  readonly attributes: Readonly<Record<string, (ref: string, place: Place) => string>>;
};

const arn = (service: string, rest: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;
const globalArn = (service: string, rest: string) => `arn:aws:${service}::${ACCOUNT}:${rest}`;
const self = (ref: string) => ref;
const seedOf = (place: Place) => `${place.stackName}/${place.logicalId}`;

const named =
  (property: string, maxLength: number) =>
  (place: Place): string => {
    const given = place.properties[property];
    return typeof given === "string" ? given : physicalName(place, maxLength);
  };

const lettered =
  (length: number) =>
  (place: Place): string =>
    lettersFrom(seedOf(place), length, "lower");

const queueName = named("QueueName", 80);

const runs = (where: Part) => ({ is: "runs", in: where }) as const;
const ignored = (because: string) => ({ is: "ignored", because }) as const;
const part = (idAttribute: string): ResourceType => ({
  fate: runs("gateway"),
  ref: lettered(7),
  attributes: { [idAttribute]: self },
});

/** AWS ends it in the instant at which the stream was opened; here it is the same after every restart. */
const streamArn = (tableArn: string) => `${tableArn}/stream/2025-01-01T00:00:00.000`;

const TYPES: Readonly<Record<string, ResourceType>> = {
  "AWS::DynamoDB::Table": {
    fate: runs("tables"),
    ref: named("TableName", 255),
    attributes: {
      Arn: (ref) => arn("dynamodb", `table/${ref}`),
      StreamArn: (ref, place) => {
        if (!isRecord(place.properties["StreamSpecification"]))
          throw new Error(`unable to name the stream of ${place.logicalId}; it has no StreamSpecification`);
        return streamArn(arn("dynamodb", `table/${ref}`));
      },
    },
  },
  "AWS::Lambda::Function": {
    fate: runs("functions"),
    ref: named("FunctionName", 64),
    attributes: { Arn: (ref) => arn("lambda", `function:${ref}`) },
  },
  "AWS::Lambda::EventSourceMapping": {
    fate: runs("streams"),
    ref: (place) => uuidFrom(seedOf(place)),
    attributes: { Id: self },
  },
  "AWS::SQS::Queue": {
    fate: runs("queues"),
    ref: (place) => `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${queueName(place)}`,
    attributes: {
      Arn: (_ref, place) => arn("sqs", queueName(place)),
      QueueName: (_ref, place) => queueName(place),
      QueueUrl: self,
    },
  },
  "AWS::CloudWatch::Alarm": {
    fate: runs("alarms"),
    ref: named("AlarmName", 255),
    attributes: { Arn: (ref) => arn("cloudwatch", `alarm:${ref}`) },
  },
  "AWS::SQS::QueuePolicy": {
    fate: ignored("callers are roles of this account, whose own policies decide"),
    ref: (place) => physicalName(place, 128),
    attributes: { Id: (_ref, place) => physicalName(place, 128) },
  },
  "AWS::Lambda::Permission": {
    fate: runs("iam"),
    ref: (place) => physicalName(place, 100),
    attributes: {},
  },
  "AWS::Logs::LogGroup": {
    fate: ignored("functions log to the console and to files"),
    ref: named("LogGroupName", 512),
    attributes: { Arn: (ref) => arn("logs", `log-group:${ref}:*`) },
  },
  "AWS::IAM::Role": {
    fate: runs("iam"),
    ref: named("RoleName", 64),
    attributes: {
      Arn: (ref) => globalArn("iam", `role/${ref}`),
      RoleId: (_ref, place) => `AROA${lettersFrom(seedOf(place), 17, "upper")}`,
    },
  },
  "AWS::IAM::Policy": {
    fate: runs("iam"),
    ref: (place) => physicalName(place, 128),
    attributes: {},
  },
  "AWS::IAM::ManagedPolicy": {
    fate: runs("iam"),
    ref: (place) => globalArn("iam", `policy/${named("ManagedPolicyName", 128)(place)}`),
    attributes: { PolicyArn: self },
  },
  "AWS::Cognito::UserPool": {
    fate: runs("user-pool"),
    ref: (place) => `${REGION}_${lettersFrom(seedOf(place), 9, "mixed")}`,
    attributes: {
      Arn: (ref) => arn("cognito-idp", `userpool/${ref}`),
      UserPoolId: self,
      ProviderName: (ref) => `cognito-idp.${REGION}.amazonaws.com/${ref}`,
      ProviderURL: (ref) => `https://cognito-idp.${REGION}.amazonaws.com/${ref}`,
    },
  },
  "AWS::Cognito::UserPoolClient": {
    fate: runs("user-pool"),
    ref: lettered(26),
    attributes: { ClientId: self, Name: (_ref, place) => named("ClientName", 128)(place) },
  },
  "AWS::Cognito::IdentityPool": {
    fate: ignored("the app signs people in with the user pool alone and asks for no AWS credentials"),
    ref: (place) => `${REGION}:${uuidFrom(seedOf(place))}`,
    attributes: { Id: self, Name: (_ref, place) => named("IdentityPoolName", 128)(place) },
  },
  "AWS::Cognito::IdentityPoolRoleAttachment": {
    fate: ignored("the app signs people in with the user pool alone and asks for no AWS credentials"),
    ref: (place) => physicalName(place, 128),
    attributes: {},
  },
  "AWS::ApiGatewayV2::Api": {
    fate: runs("gateway"),
    ref: lettered(10),
    attributes: {
      ApiId: self,
      ApiEndpoint: (ref) => `wss://${ref}.execute-api.${REGION}.amazonaws.com`,
    },
  },
  "AWS::ApiGatewayV2::Authorizer": { ...part("AuthorizerId"), ref: lettered(6) },
  "AWS::ApiGatewayV2::Integration": part("IntegrationId"),
  "AWS::ApiGatewayV2::IntegrationResponse": part("IntegrationResponseId"),
  "AWS::ApiGatewayV2::Route": part("RouteId"),
  "AWS::ApiGatewayV2::RouteResponse": part("RouteResponseId"),
  "AWS::ApiGatewayV2::Stage": {
    fate: runs("gateway"),
    ref: named("StageName", 128),
    attributes: {},
  },
  "AWS::CDK::Metadata": {
    fate: ignored("it tells AWS which constructs were used"),
    ref: (place) => physicalName(place, 128),
    attributes: {},
  },
};

export function resourceType(type: string, id: string): ResourceType {
  const known = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (known === undefined)
    throw new Error(
      `unable to run ${type} (${id}) here; the local cloud has no part for it: take it out of amplify/, or add it to local/template/resource-types.ts with the part that runs it`,
    );
  return known;
}
