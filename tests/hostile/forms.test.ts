import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { readUp } from "../../core/protocol/read-up";
import { conversation, ref } from "../../core/protocol/shapes";
import { UP } from "../../core/protocol/up";
import { fill, formsOf, placesOf, type Place } from "./forms";
import { isNaming } from "./kinds";

const RIGHT: Readonly<Record<Place["kind"], unknown>> = {
  conversation: "d.a.b",
  entry: "abcdefgh",
  seq: 1,
  device: "abcdefgh",
  handle: "ada",
  cursor: "abc",
  ref: "r1",
  name: "Ada",
  text: "hello",
  emoji: "👍",
  version: 2,
  flag: true,
};

describe("the forms of up frames", () => {
  it.each(Object.entries(UP))(
    "of %s say what each field names, and are right when filled",
    (route, schema) => {
      const forms = formsOf(schema, route);

      for (const form of forms) {
        const frame = fill(form, ({ kind }) => RIGHT[kind]);
        expect(readUp(JSON.stringify(frame))).toEqual({ is: "frame", frame });
      }
    },
  );

  it("are found for every option of a union and with and without what is optional", () => {
    const kinds = formsOf(UP.send, "send").map((form) =>
      placesOf(form)
        .map(({ path }) => path.replace("send.entries.0.", ""))
        .filter((path) => !path.startsWith("send.")),
    );
    expect(kinds).toEqual([
      ["id", "body.text"],
      ["id", "target", "body.text"],
      ["id", "target"],
      ["id", "target"],
      ["id", "target", "emoji"],
      ["id"],
      ["id"],
    ]);
    // After with and without marks, and before.
    expect(formsOf(UP.sync, "sync")).toHaveLength(3);
    expect(formsOf(UP.profile, "profile")).toHaveLength(2);
  });

  it("stop at a field of which nobody knows what it names, and say what to do", () => {
    const lend = v.strictObject({ action: v.literal("lend"), ref, conversation, book: v.string() });
    expect(() => formsOf(lend, "lend")).toThrow(
      "unable to tell what lend.book names; give it a shape of its own in core/protocol/shapes.ts and say in tests/hostile/kinds.ts what that names",
    );
  });

  it("name something in every route but ping", () => {
    const silent = Object.entries(UP).filter(([route, schema]) =>
      formsOf(schema, route).every((form) => !placesOf(form).some(({ kind }) => isNaming(kind))),
    );
    expect(silent.map(([route]) => route)).toEqual(["ping"]);
  });
});
