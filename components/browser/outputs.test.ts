import { describe, expect, it } from "vitest";
import { parseOutputs } from "./outputs";

const deployed = {
  version: "1.4",
  auth: { user_pool_id: "us-east-1_abc", user_pool_client_id: "client", aws_region: "us-east-1" },
  custom: { chat: { socketUrl: "wss://x.execute-api.us-east-1.amazonaws.com/chat" } },
};

describe("the backend's outputs", () => {
  it("of a deployment name the user pool and the socket, and no endpoint of its own", () => {
    expect(parseOutputs(JSON.stringify(deployed))).toMatchObject({
      socketUrl: "wss://x.execute-api.us-east-1.amazonaws.com/chat",
      cognito: { userPoolId: "us-east-1_abc", userPoolClientId: "client" },
    });
    expect(parseOutputs(JSON.stringify(deployed)).cognito).not.toHaveProperty("userPoolEndpoint");
  });

  it("of the local cloud name the endpoint of its user pool", () => {
    const custom = {
      chat: { socketUrl: "ws://localhost:3001/chat" },
      userPoolEndpoint: "http://localhost:3001/cognito/",
    };

    expect(parseOutputs(JSON.stringify({ ...deployed, custom })).cognito.userPoolEndpoint).toBe(
      "http://localhost:3001/cognito/",
    );
  });

  it("say what a password needs", () => {
    const auth = { ...deployed.auth, password_policy: { min_length: 10, require_numbers: true } };

    expect(parseOutputs(JSON.stringify({ ...deployed, auth })).passwordFormat).toMatchObject({
      minLength: 10,
      requireNumbers: true,
      requireSpecialCharacters: false,
    });
  });

  it("are refused with the place that is wrong", () => {
    const custom = { chat: { socketUrl: "https://not-a-socket.example" } };

    expect(() => parseOutputs(JSON.stringify({ ...deployed, custom }))).toThrow(
      /unable to use amplify_outputs.json; custom.chat.socketUrl/,
    );
    expect(() => parseOutputs(JSON.stringify({ auth: deployed.auth }))).toThrow(/custom/);
    expect(() => parseOutputs("")).toThrow(/unable to use amplify_outputs.json/);
  });
});
