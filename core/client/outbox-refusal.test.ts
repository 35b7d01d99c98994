import { describe, expect, it } from "vitest";
import { seqOf } from "../domain/ids";
import type { Pending } from "./outbox";
import { refusedFor } from "./outbox-refusal";
import { idOf, pending } from "./plays/logbook";
import type { Target, Written } from "./ports/store";

const written = (name: string, what: Written): Pending => {
  const { conversation, id, order, queuedAt, after, state } = pending(name, 0).item;
  return { stored: true, item: { ...what, conversation, id, order, queuedAt, after, state } };
};
const edit = (name: string, target: Target) =>
  written(name, { kind: "edit", target, body: { text: `text of ${name}` } });
const remove = (name: string, target: Target) => written(name, { kind: "delete", target, notBefore: 0 });
const react = (name: string, target: Target) => written(name, { kind: "reaction", target });

describe("what is refused for good", () => {
  it("stays with its reason when a message is lost by it, an edit or a delete", () => {
    for (const one of [pending("one", 0), edit("one", seqOf(3)), remove("one", seqOf(3))]) {
      const after = refusedFor([one, pending("next", 0)], idOf("one"), "cannot-deliver");

      expect(after.pending.map(({ item }) => item.state.is)).toEqual(["failed", "waiting"]);
      expect(after).toMatchObject({ changed: [idOf("one")], gone: [] });
    }
  });

  it.each(["deleted", "unknown-entry"] as const)("goes when what it is about is gone: %s", (code) => {
    for (const one of [edit("one", seqOf(3)), remove("one", seqOf(3))])
      expect(refusedFor([one], idOf("one"), code)).toEqual({ pending: [], changed: [], gone: [idOf("one")] });
  });

  it("goes when nothing is lost with it", () => {
    for (const one of [
      react("one", seqOf(3)),
      written("one", { kind: "closed" }),
      written("one", { kind: "opened" }),
    ])
      expect(refusedFor([one], idOf("one"), "cannot-deliver").gone).toEqual([idOf("one")]);
  });

  it("takes into a message what was about it: nobody else will ever hear of it", () => {
    const about = [edit("first", idOf("one")), edit("second", idOf("one")), react("like", idOf("one"))];

    const after = refusedFor([pending("one", 0), ...about], idOf("one"), "cannot-deliver");

    expect(after.pending).toMatchObject([
      { item: { id: idOf("one"), body: { text: "text of second" }, state: { is: "failed" } } },
    ]);
    expect(after.gone).toEqual([idOf("first"), idOf("second"), idOf("like")]);
  });

  it("takes the message with it when it was to be deleted", () => {
    const waiting = [
      pending("one", 0),
      edit("edit", idOf("one")),
      remove("gone", idOf("one")),
      pending("next", 0),
    ];

    const after = refusedFor(waiting, idOf("one"), "cannot-deliver");

    expect(after.pending.map(({ item }) => item.id)).toEqual([idOf("next")]);
  });

  it("changes nothing when it is not there any more", () => {
    const waiting = [pending("one", 0)];

    expect(refusedFor(waiting, idOf("two"), "deleted")).toEqual({ pending: waiting, changed: [], gone: [] });
  });
});
