// The usual recipe: put the message, query who is connected, post to each. With the AWS SDK, its clients made once.

import {
  ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";

const tables = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: process.env.BENCH_TABLES }));
const gateway = new ApiGatewayManagementApiClient({ endpoint: process.env.BENCH_GATEWAY });
const DONE = { statusCode: 200 };

export async function connect({ requestContext: { connectionId }, queryStringParameters: { person } }) {
  await tables.send(new PutCommand({ TableName: "Connections", Item: { person, connectionId } }));
  return DONE;
}

export async function disconnect() {
  return DONE;
}

export async function send({ body }) {
  const { to, text } = JSON.parse(body);
  const sentAt = `${Date.now()}#${Math.random()}`;
  await tables.send(new PutCommand({ TableName: "Messages", Item: { person: to, sentAt, text } }));
  const { Items } = await tables.send(
    new QueryCommand({
      TableName: "Connections",
      KeyConditionExpression: "person = :person",
      ExpressionAttributeValues: { ":person": to },
    }),
  );
  await Promise.all(Items.map((connection) => post(connection, { text })));
  return DONE;
}

async function post({ person, connectionId }, message) {
  try {
    const Data = JSON.stringify(message);
    await gateway.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data }));
  } catch (error) {
    if (error.name !== "GoneException") throw error;
    await tables.send(new DeleteCommand({ TableName: "Connections", Key: { person, connectionId } }));
  }
}
