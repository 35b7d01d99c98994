/** Reads "$request.body.action" or "${request.body.action}": the path of the field that names the route. */
export function readSelection(expression: string): readonly string[] {
  const path = /^\$(?:\{request\.body\.([\w.]+)\}|request\.body\.([\w.]+))$/.exec(expression);
  const fields = path?.[1] ?? path?.[2];
  if (fields === undefined)
    throw new Error(
      `unable to select routes by "${expression}"; only a field of the body is read here, as in $request.body.action`,
    );
  return fields.split(".");
}

/** The value that the expression has for a frame; undefined for what is no JSON or lacks the field. */
export function select(path: readonly string[], body: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  for (const field of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, field)) return undefined;
    value = Reflect.get(value, field);
  }
  return typeof value === "object" || value === undefined ? undefined : String(value);
}
