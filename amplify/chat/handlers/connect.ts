import * as v from "valibot";
import { composeConnect } from "../adapters/composition";
import { entryPoint } from "../adapters/entry-point";
import { handshake } from "../handshake";
import { connectEvent } from "./events";

const ports = composeConnect();

/** Runs before the socket is open: what is thrown refuses it too. */
export const handler = entryPoint("connect", async (event) => {
  const { headers, requestContext } = v.parse(connectEvent, event);
  const caller = { user: requestContext.authorizer.user, connection: requestContext.connectionId };
  const answer = await handshake(ports, caller, headers);
  return { answer, fields: { status: answer.statusCode } };
});
