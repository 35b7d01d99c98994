// What the handlers take from API Gateway's events. The gateway wrote them, so they are trusted to be whole; they
// are parsed all the same, because an event of another shape is a deployment gone wrong and should say so.

import * as v from "valibot";
import { isUserId, type ConnectionId, type UserId } from "../../../core/domain/ids";

const headers = v.record(v.string(), v.optional(v.string()));
const connectionId = v.custom<ConnectionId>((value) => typeof value === "string" && value !== "");
/** Put there by `authorize` and handed on by the gateway with every event of the socket. */
const authorizer = v.object({
  user: v.custom<UserId>((value) => typeof value === "string" && isUserId(value)),
});

const context = { connectionId, authorizer };
const stage = { apiId: v.string(), domainName: v.string(), stage: v.string() };

export const authorizeEvent = v.object({ headers, methodArn: v.string() });
export const connectEvent = v.object({ headers, requestContext: v.object(context) });
export const disconnectEvent = v.object({ requestContext: v.object({ ...context, ...stage }) });
export const framesEvent = v.object({
  /** Absent: an empty frame. */
  body: v.optional(v.string(), ""),
  requestContext: v.object({ ...context, ...stage }),
});
