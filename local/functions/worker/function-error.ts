import type { FunctionError } from "../messages";

/** Whatever was thrown, in the shape that Lambda answers with. */
export function functionError(thrown: unknown): FunctionError {
  if (!(thrown instanceof Error))
    return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  const errorType = "errorType" in thrown ? String(thrown.errorType) : thrown.name;
  return { errorType, errorMessage: thrown.message, trace: (thrown.stack ?? "").split("\n") };
}
