/**
 * A mapping template that is plain text says itself. Anything of the template language (VTL) is refused: this
 * backend has none, and a half-understood template would answer something that a deployment does not.
 */
export function readTemplate(templates: unknown, where: string, selection: unknown): string | undefined {
  if (templates === undefined) return undefined;
  const key = readLiteral(selection, where);
  const entries = typeof templates === "object" && templates !== null ? Object.entries(templates) : [];
  const found: unknown = (entries.find(([name]) => name === key) ?? [])[1];
  if (found === undefined) return undefined;
  const text = String(found);
  const language = /[$#]\S*/.exec(text)?.[0];
  if (language !== undefined)
    throw new Error(
      `unable to run the template of ${where}; it has "${language}", and only plain text is run here`,
    );
  return text;
}

/** "\$default" is the escaped "$default"; an expression that depends on the message is not one. */
function readLiteral(selection: unknown, where: string): string {
  if (selection === undefined) return "$default";
  const text = String(selection);
  if (text === "$default" || /^[^$]*$/.test(text)) return text;
  if (/^\\\$[^$]*$/.test(text)) return text.slice(1);
  throw new Error(
    `unable to select the template of ${where} by "${text}"; only a fixed key is understood here`,
  );
}
