// Stands in for amplify/chat/adapters/signed-http.ts in a bundle to compare with: the same calls, made by the SDK's
// clients. Everything above it is the product's own, so the difference is the clients alone.

import {
  ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import {
  BatchGetItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";

const COMMANDS = {
  BatchGetItem: BatchGetItemCommand,
  DeleteItem: DeleteItemCommand,
  GetItem: GetItemCommand,
  PutItem: PutItemCommand,
  Query: QueryCommand,
  TransactWriteItems: TransactWriteItemsCommand,
  UpdateItem: UpdateItemCommand,
};

export const identityOf = (variables) => ({ region: variables.AWS_REGION });

export function signedHttp({ region }) {
  const tables = new DynamoDBClient({ region, maxAttempts: 1 });
  const gateways = new Map();
  return async ({ endpoint, service, path, headers, body }) => {
    try {
      const answer =
        service === "dynamodb"
          ? await tables.send(commandOf(headers, body))
          : await gatewayAt(gateways, endpoint, region).send(postOf(path, body));
      return { status: answer.$metadata.httpStatusCode, body: JSON.stringify(answer) };
    } catch (error) {
      const { name, message, $metadata } = error;
      return {
        status: $metadata?.httpStatusCode ?? 0,
        body: JSON.stringify({ ...error, __type: name, message }),
      };
    }
  };
}

function commandOf(headers, body) {
  const action = headers["X-Amz-Target"].split(".")[1];
  return new COMMANDS[action](JSON.parse(body));
}

function gatewayAt(gateways, endpoint, region) {
  const known = gateways.get(endpoint);
  if (known) return known;
  const made = new ApiGatewayManagementApiClient({ endpoint, region, maxAttempts: 1 });
  gateways.set(endpoint, made);
  return made;
}

const postOf = (path, body) =>
  new PostToConnectionCommand({ ConnectionId: decodeURIComponent(path.split("/").at(-1)), Data: body });
