import { describe, expect, it } from "vitest";
import { catchBug } from "../simulation/trial";
import { BUG_NAMES, BUGS } from "./planted";

const MESSAGES = 120;
const SEEDS = 30;

describe("the checker", () => {
  it.each(BUG_NAMES.map((name) => [name, BUGS[name].what] as const))("catches %s: %s", async (name) => {
    const { by, tried } = await catchBug(name, MESSAGES, SEEDS);

    expect(by, `nothing was red in ${tried} seeds`).toBeDefined();
  });
});
