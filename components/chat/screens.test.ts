import { describe, expect, it } from "vitest";
import { pathOf, screenOf } from "./screens";

describe("an address", () => {
  it.each([
    ["/chat", { is: "list" }],
    ["/chat/", { is: "list" }],
    ["/chat/ada", { is: "conversation", handle: "ada" }],
    ["/chat/Ada", { is: "conversation", handle: "ada" }],
    ["/settings", { is: "settings" }],
    ["/chat/not%20a%20handle", { is: "nowhere" }],
    ["/chat/%E0%A4%A", { is: "nowhere" }],
    ["/chat/ada/more", { is: "nowhere" }],
    ["/", { is: "nowhere" }],
  ])("%s shows %j", (path, screen) => {
    expect(screenOf(path)).toEqual(screen);
  });

  it("of a conversation leads back to it", () => {
    const screen = screenOf("/chat/grace.h");
    expect(screen.is === "conversation" && screenOf(pathOf(screen.handle))).toEqual(screen);
  });
});
