import * as v from "valibot";
import { leave } from "../../../core/domain/leave";
import { composeDisconnect } from "../adapters/composition";
import { entryPoint } from "../adapters/entry-point";
import { disconnectEvent } from "./events";

const portsAt = composeDisconnect();

/** Nobody reads the answer: the socket is gone. It may come minutes late, or never. */
export const handler = entryPoint("disconnect", async (event) => {
  const { requestContext } = v.parse(disconnectEvent, event);
  const caller = { user: requestContext.authorizer.user, connection: requestContext.connectionId };
  await leave(portsAt(requestContext), caller);
  return { answer: { statusCode: 200 } };
});
