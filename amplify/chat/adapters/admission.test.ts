import { describe, expect, it } from "vitest";
import { RandomIds } from "../../../core/testing/random-ids";
import { admission } from "./admission";

const user = new RandomIds(Math.random).user();
const methodArn = "arn:aws:execute-api:us-east-1:000000000000:a1b2c3/chat/$connect";
const admit = admission(
  async (token) => (token === "good" ? user : undefined),
  "http://localhost:*,http://*.localhost:*",
);
const effectOf = async (headers: Record<string, string>) =>
  (await admit({ headers, methodArn })).policyDocument.Statement[0];

describe("admission", () => {
  it("lets a person in and hands their id on", async () => {
    const answer = await admit({
      headers: { "sec-websocket-protocol": "chat.v1, jwt.good", Origin: "http://ada.localhost:3001" },
      methodArn,
    });

    expect(answer).toEqual({
      principalId: user,
      policyDocument: {
        Version: "2012-10-17",
        Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: methodArn }],
      },
      context: { user },
    });
  });

  it("lets a terminal in, which has no origin", async () => {
    expect(await effectOf({ "Sec-WebSocket-Protocol": "chat.v1,jwt.good" })).toMatchObject({
      Effect: "Allow",
    });
  });

  it("refuses a token that is none, and no token", async () => {
    expect(await effectOf({ "Sec-WebSocket-Protocol": "chat.v1, jwt.bad" })).toMatchObject({
      Effect: "Deny",
    });
    expect(await effectOf({ "Sec-WebSocket-Protocol": "chat.v1" })).toMatchObject({ Effect: "Deny" });
  });

  it("refuses a page of somebody else's, good token or not, and tells it nothing", async () => {
    const answer = await admit({
      headers: { "Sec-WebSocket-Protocol": "chat.v1, jwt.good", origin: "https://evil.example" },
      methodArn,
    });

    expect(answer.policyDocument.Statement[0].Effect).toBe("Deny");
    expect(JSON.stringify(answer)).not.toContain(user);
  });
});
