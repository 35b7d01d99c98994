import { expect, it } from "vitest";
import { VERSION as spokenByTheDemo } from "../local/demo/introduce";
import { VERSION } from "../core/protocol/version";

// local/ imports nothing of ours, so it says the version itself; behind it, nothing starts.
it("the demo speaks the version of the protocol that the server does", () => {
  expect(spokenByTheDemo).toBe(VERSION);
});
