import { describe, expect, it } from "vitest";
import { handleFromInput } from "./handle-from-input";

describe("a typed handle", () => {
  it.each(["ada", " ada ", "@ada", "@Ada", "https://chat.example.org/chat/ada", "/chat/ada?from=mail"])(
    "%s means ada",
    (typed) => {
      expect(handleFromInput(typed)).toBe("ada");
    },
  );

  it.each(["", "@", "a", "ada lovelace", "https://chat.example.org/chat/", "1ada"])(
    "%j means nobody",
    (typed) => {
      expect(handleFromInput(typed)).toBeUndefined();
    },
  );
});
