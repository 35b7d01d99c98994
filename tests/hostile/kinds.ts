// What a field of an up frame names, told by its shape in core/protocol/shapes.ts. A field whose shape is not in here
// stops the tests: nobody would know what to put there in somebody else's name.

import { conversation, cursor, device, emoji, handle, id, messageBody } from "../../core/protocol/shapes";
import { name, ref, seq, version } from "../../core/protocol/shapes";

/** `flag`: a yes or a no, which names nothing. */
export type Kind =
  | "conversation"
  | "entry"
  | "seq"
  | "device"
  | "handle"
  | "cursor"
  | "ref"
  | "name"
  | "text"
  | "emoji"
  | "version"
  | "flag";

/**
 * Those that name something which somebody else may have. A person is named by conversations and by handles only, a
 * socket by nothing that a frame says.
 */
export const NAMING = ["conversation", "entry", "seq", "device", "handle", "cursor", "ref"] as const;
export type Naming = (typeof NAMING)[number];

export const isNaming = (kind: Kind): kind is Naming => NAMING.some((naming) => naming === kind);

const KINDS = new Map<unknown, Kind>([
  [conversation, "conversation"],
  [id, "entry"],
  [seq, "seq"],
  [device, "device"],
  [handle, "handle"],
  [cursor, "cursor"],
  [ref, "ref"],
  [name, "name"],
  [messageBody.entries.text, "text"],
  [emoji, "emoji"],
  [version, "version"],
]);

export function kindOf(schema: object, path: string): Kind {
  const kind = KINDS.get(schema) ?? (Reflect.get(schema, "type") === "boolean" ? "flag" : undefined);
  if (kind) return kind;
  throw new Error(
    `unable to tell what ${path} names; give it a shape of its own in core/protocol/shapes.ts and say in tests/hostile/kinds.ts what that names`,
  );
}
