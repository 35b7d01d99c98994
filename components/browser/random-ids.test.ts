import { describe, expect, it } from "vitest";
import { isDeviceId, isEntryId } from "../../core/domain/ids";
import { randomId } from "./random-ids";

describe("a random id", () => {
  it("may name an entry and a device, and is a new one every time", () => {
    const ids = Array.from({ length: 1000 }, randomId);

    expect(ids.every((id) => isEntryId(id) && isDeviceId(id))).toBe(true);
    expect(new Set(ids).size).toBe(1000);
  });
});
