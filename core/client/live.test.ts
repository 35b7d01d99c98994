import { describe, expect, it } from "vitest";
import { createView } from "./live";

describe("a view", () => {
  it("is the same object while its fields and the items of its lists are the same", () => {
    const item = { text: "hello" };
    const view = createView(() => ({ items: [item], open: true }));
    const before = view.getSnapshot();

    view.touch();

    expect(view.getSnapshot()).toBe(before);
  });

  it("is another object when an item of a list is another one", () => {
    let item = { text: "hello" };
    const view = createView(() => ({ items: [item] }));
    const before = view.getSnapshot();

    item = { text: "hello" };
    view.touch();

    expect(view.getSnapshot()).not.toBe(before);
  });

  it("is not computed while nobody looks", () => {
    let computed = 0;
    const view = createView(() => (computed += 1));

    view.touch();
    view.touch();

    expect(computed).toBe(0);
    expect(view.getSnapshot()).toBe(1);
  });

  it("tells each subscription until that one ends", () => {
    const view = createView(() => 1);
    let told = 0;
    const onChange = () => (told += 1);
    const endFirst = view.subscribe(onChange);
    view.subscribe(onChange);

    view.touch();
    endFirst();
    view.touch();

    expect(told).toBe(3);
  });
});
