import * as v from "valibot";
import { serveFrame } from "../../../core/protocol/serve";
import { composeFrames } from "../adapters/composition";
import { entryPoint } from "../adapters/entry-point";
import { errorFields } from "../adapters/log-line";
import { framesEvent } from "./events";

const portsAt = composeFrames();

/** The body is the frame that answers where the route has a response; what is told has none, and nobody hears it. */
export const handler = entryPoint("frames", async (event) => {
  const { body, requestContext } = v.parse(framesEvent, event);
  const caller = { user: requestContext.authorizer.user, connection: requestContext.connectionId };
  let bug = {};
  const report = (error: unknown) => void (bug = { level: "error", ...errorFields(error) });
  const frame = await serveFrame({ ...portsAt(requestContext), report }, caller, body);
  const code = frame.type === "refused" ? frame.code : undefined;
  return {
    answer: { statusCode: 200, body: JSON.stringify(frame) },
    fields: { type: frame.type, code, ...bug },
  };
});
