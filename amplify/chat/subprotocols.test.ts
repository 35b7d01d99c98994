import { describe, expect, it } from "vitest";
import { headerOf, offerOf } from "./subprotocols";

describe("what a client offers", () => {
  it("is found under any spelling of the header's name", () => {
    for (const name of ["Sec-WebSocket-Protocol", "sec-websocket-protocol", "SEC-WEBSOCKET-PROTOCOL"])
      expect(offerOf({ [name]: "chat.v1, jwt.a.b.c" })).toEqual({ token: "a.b.c", speaks: true });
  });

  it("may stand in any order and with any spaces", () => {
    expect(offerOf({ "Sec-WebSocket-Protocol": "jwt.a.b.c,chat.v1" })).toEqual({
      token: "a.b.c",
      speaks: true,
    });
  });

  it("may lack our protocol or the token", () => {
    expect(offerOf({ "Sec-WebSocket-Protocol": "chat.v2, jwt.a" })).toEqual({ token: "a", speaks: false });
    expect(offerOf({ "Sec-WebSocket-Protocol": "chat.v1" })).toEqual({ token: undefined, speaks: true });
    expect(offerOf({})).toEqual({ token: undefined, speaks: false });
  });

  it("has no header that was not sent", () => {
    expect(headerOf({ Origin: "http://localhost:3000" }, "origin")).toBe("http://localhost:3000");
    expect(headerOf({ Other: "x" }, "origin")).toBeUndefined();
  });
});
