import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { REFUSAL_CODES } from "../domain/refusal";
import { DOWN } from "./down";
import { formOf } from "./fingerprint";
import { readUp } from "./read-up";
import { UP } from "./up";
import { VERSION } from "./version";

/** A changed frame changes the version, this, and PROTOCOL.md, which says which side is released first. */
const PINNED = { version: 5, fingerprint: "63245f8ea62cbcd1" };

const page = readFileSync(new URL("./PROTOCOL.md", import.meta.url), "utf8");
const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => {
  const { action, type } = JSON.parse(text ?? "");
  return { is: action ? "up" : "down", name: action ?? type, text: text ?? "" };
});
const ups = examples.filter(({ is }) => is === "up");
const downs = examples.filter(({ is }) => is === "down");
const fingerprintOf = (schemas: unknown) =>
  createHash("sha256")
    .update(JSON.stringify(formOf(schemas)))
    .digest("hex")
    .slice(0, 16);

describe("the version", () => {
  it("is the one whose frames these are", () => {
    expect({ version: VERSION, fingerprint: fingerprintOf({ up: UP, down: DOWN }) }).toEqual(PINNED);
  });

  it("is the one that PROTOCOL.md describes", () => {
    expect(page).toContain(`Version ${PINNED.version} · fingerprint \`${PINNED.fingerprint}\``);
  });
});

describe("the fingerprint", () => {
  const plain = fingerprintOf({ a: v.object({ text: v.string() }) });

  it.each([
    ["a field more", v.object({ text: v.string(), more: v.optional(v.string()) })],
    ["another name", v.object({ body: v.string() })],
    ["another type", v.object({ text: v.number() })],
    ["a limit", v.object({ text: v.pipe(v.string(), v.maxLength(3)) })],
    ["an optional field", v.object({ text: v.optional(v.string()) })],
    ["strictness", v.strictObject({ text: v.string() })],
    ["a constant", v.object({ text: v.literal("text") })],
    ["a list", v.object({ text: v.array(v.string()) })],
    ["a choice", v.object({ text: v.picklist(["one", "two"]) })],
    ["a kind of state", v.variant("is", [v.object({ is: v.literal("one") })])],
    ["a map", v.record(v.string(), v.number())],
  ])("tells %s", (_, schema) => {
    expect(fingerprintOf({ a: schema })).not.toBe(plain);
  });

  it("tells one limit, one constant and one member of a list from another", () => {
    const prints = [
      v.pipe(v.string(), v.maxLength(3)),
      v.pipe(v.string(), v.maxLength(4)),
      v.pipe(v.string(), v.minLength(4)),
      v.literal("one"),
      v.literal("two"),
      v.picklist(["one", "two"]),
      v.picklist(["one", "three"]),
      v.pipe(v.number(), v.safeInteger()),
      v.pipe(v.number(), v.integer()),
    ].map((schema) => fingerprintOf({ a: schema }));

    expect(new Set(prints).size).toBe(prints.length);
  });
});

describe("PROTOCOL.md", () => {
  it.each(ups)("shows a frame that a device may send: $name", ({ text }) => {
    expect(readUp(text)).toEqual({ is: "frame", frame: JSON.parse(text) });
  });

  it.each(downs)("shows a frame that the server sends: $name", ({ name, text }) => {
    const schema = Object.entries(DOWN).find(([type]) => type === name)?.[1];

    // Equal, so an example has no field that the schema does not know.
    expect(schema && v.parse(schema, JSON.parse(text))).toEqual(JSON.parse(text));
  });

  it("shows every frame", () => {
    expect(new Set(ups.map(({ name }) => name))).toEqual(new Set(Object.keys(UP)));
    expect(new Set(downs.map(({ name }) => name))).toEqual(new Set(Object.keys(DOWN)));
  });

  it("says of every refusal what it means and what to do, and of no other", () => {
    const section = page.slice(page.indexOf("## Refusals"), page.indexOf("## Changing"));
    const rows = [...section.matchAll(/^\| `([a-z-]+)` *\| \S.* \| \S.* \|$/gm)].map(([, code]) => code);

    expect(rows).toEqual([...REFUSAL_CODES]);
  });
});
