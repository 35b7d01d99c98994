// A frame's form as plain values: what a test takes a hash of, so that no change of a frame goes unnoticed.

/** What a schema says of itself; the rest of its properties is how it does it. */
const TELLING = [
  "type",
  "literal",
  "options",
  "entries",
  "item",
  "wrapped",
  "key",
  "value",
  "pipe",
  "requirement",
];

export function formOf(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(formOf);
  // A requirement that is a function is named by the `type` beside it.
  if (typeof schema === "function") return "function";
  if (typeof schema !== "object" || schema === null) return schema;
  const names = "kind" in schema ? TELLING.filter((name) => name in schema) : Object.keys(schema).sort();
  return names.map((name) => [name, formOf(Reflect.get(schema, name))]);
}
