import { describe, expect, it } from "vitest";
import { callbackAddress } from "./callback-address";

const stage = { apiId: "a1b2c3", domainName: "a1b2c3.execute-api.eu-west-1.amazonaws.com", stage: "chat" };

describe("the callback address", () => {
  it("is the API's own, over https, with the stage", () => {
    expect(callbackAddress(stage, "eu-west-1", undefined)).toBe(
      "https://a1b2c3.execute-api.eu-west-1.amazonaws.com/chat",
    );
  });

  it("is the API's own behind a custom domain too, whose mapping nobody tells", () => {
    const custom = { ...stage, domainName: "ws.example.com" };

    expect(callbackAddress(custom, "eu-west-1", undefined)).toBe(
      "https://a1b2c3.execute-api.eu-west-1.amazonaws.com/chat",
    );
  });

  it("is where the environment says, with the stage, whatever path that has", () => {
    expect(callbackAddress(stage, "eu-west-1", "http://localhost:3001")).toBe("http://localhost:3001/chat");
    expect(callbackAddress(stage, "eu-west-1", "http://localhost:3001/aws/")).toBe(
      "http://localhost:3001/aws/chat",
    );
  });
});
