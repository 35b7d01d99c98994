// What serveFrame does with a `send`, with another use case in its place; every other frame is the product's own.

import type { Caller } from "../../../core/domain/caller";
import { Refusal } from "../../../core/domain/refusal";
import type { SendRequest, Sent } from "../../../core/domain/send";
import { readUp } from "../../../core/protocol/read-up";
import { serveFrame, type ServePorts } from "../../../core/protocol/serve";
import { wireAppended } from "../../../core/protocol/wire";
import type { Pieces } from "../simulation/pieces";

export type Send = (
  ports: ServePorts,
  caller: Caller,
  request: SendRequest,
) => Promise<Pick<Sent, "appended"> & Partial<Sent>>;

export const servingSend =
  (send: Send): Pieces["serve"] =>
  async (ports, caller, text) => {
    const read = readUp(text);
    if (read.is === "refused" || read.frame.action !== "send") return serveFrame(ports, caller, text);
    const { ref } = read.frame;
    try {
      const { appended, refusal } = await send(ports, caller, read.frame);
      const places = { ref, appended: appended.map(wireAppended) };
      return refusal ? { type: "refused", code: refusal.code, ...places } : { type: "ok", ...places };
    } catch (error) {
      if (error instanceof Refusal) return { type: "refused", ref, code: error.code };
      ports.report(error);
      return { type: "refused", ref, code: "try-again" };
    }
  };
