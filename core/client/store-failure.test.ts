import { describe, expect, it } from "vitest";
import { storeIsPurged, storeIsSilent, whyOf } from "./store-failure";

const thrown = (name: string) => Object.assign(new Error("no"), { name });

describe("the reason why nothing is stored", () => {
  it.each([
    ["QuotaExceededError", "full"],
    ["SecurityError", "refused"],
    ["NotAllowedError", "refused"],
    ["NotSupportedError", "refused"],
    ["UnknownError", "unknown"],
    ["AbortError", "unknown"],
  ])("of a browser's %s is %s, also where it is the cause of another error", (name, why) => {
    expect(whyOf(thrown(name))).toBe(why);
    expect(whyOf(new Error("unable to open", { cause: thrown(name) }))).toBe(why);
  });

  it("is the store's own where it does not answer or was purged", () => {
    expect(whyOf(storeIsSilent())).toBe("silent");
    expect(whyOf(storeIsPurged())).toBe("purged");
  });

  it("is not guessed from what is not an error", () => {
    expect(whyOf("SecurityError")).toBe("unknown");
    expect(whyOf(undefined)).toBe("unknown");
  });
});
