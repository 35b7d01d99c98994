// Where what a device says enters the server: parsed once, trusted from here on. Nothing of a frame that is
// refused is repeated, but its ref.

import * as v from "valibot";
import { FRAME_BYTES } from "../domain/limits";
import type { RefusalCode } from "../domain/refusal";
import { utf8Length } from "../domain/utf8-length";
import { ref as refShape } from "./shapes";
import { isTold } from "./told";
import { UP, type UpAction, type UpFrame } from "./up";

export type ReadUp =
  | { readonly is: "frame"; readonly frame: UpFrame }
  | {
      readonly is: "refused";
      readonly code: RefusalCode;
      readonly ref?: string;
      /** Its action is one that is told, whatever else is wrong with it. */
      readonly isTold?: true;
    };

export function readUp(text: string): ReadUp {
  const value = parsed(text);
  if (!isRecord(value)) return { is: "refused", code: "bad-frame" };
  const own = (key: string) => (Object.hasOwn(value, key) ? value[key] : undefined);
  const action = own("action");
  const refuse = (code: RefusalCode): ReadUp => {
    const ref = v.safeParse(refShape, own("ref"));
    return {
      is: "refused",
      code,
      ...(ref.success && { ref: ref.output }),
      ...(isTold(action) && { isTold: true }),
    };
  };
  if (utf8Length(text) > FRAME_BYTES) return refuse("bad-frame");
  if (typeof action !== "string") return refuse("bad-frame");
  if (!isAction(action)) return refuse("unknown-action");
  const result = v.safeParse(UP[action], value, { abortEarly: true });
  return result.success ? { is: "frame", frame: result.output } : refuse("bad-frame");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `hasOwn`, so that nobody reaches a schema named "constructor". */
const isAction = (action: string): action is UpAction => Object.hasOwn(UP, action);
