// What answer a message must have, told from its bytes alone and not with the product's own reading of them.

export type Expected =
  | { readonly is: "ref"; readonly ref: string }
  /** None when it is done; a word under this ref when it is not. */
  | { readonly is: "told"; readonly ref: string }
  /** Refused, or a pong: there is nothing in it that says to what. */
  | { readonly is: "bare" };

export function expectedOf(text: string): Expected {
  const value = parsed(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { is: "bare" };
  if (own(value, "action") === "ping") return { is: "bare" };
  const ref = own(value, "ref");
  // Without a ref it cannot be done, so there is an answer to what is told too.
  if (typeof ref !== "string" || ref.length < 1 || ref.length > 40) return { is: "bare" };
  return { is: TOLD.some((told) => told === own(value, "action")) ? "told" : "ref", ref };
}

const TOLD: readonly string[] = ["mark", "typing"];

const own = (value: object, key: string): unknown => Object.getOwnPropertyDescriptor(value, key)?.value;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
