// What answer a message must have, told from its bytes alone and not with the product's own reading of them.

export type Expected =
  | { readonly is: "ref"; readonly ref: string }
  /** Refused, or a pong: there is nothing in it that says to what. */
  | { readonly is: "bare" };

export function expectedOf(text: string): Expected {
  const value = parsed(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { is: "bare" };
  if (own(value, "action") === "ping") return { is: "bare" };
  const ref = own(value, "ref");
  return typeof ref === "string" && ref.length >= 1 && ref.length <= 40 ? { is: "ref", ref } : { is: "bare" };
}

const own = (value: object, key: string): unknown => Object.getOwnPropertyDescriptor(value, key)?.value;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
