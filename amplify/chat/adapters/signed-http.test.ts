import { afterEach, describe, expect, it } from "vitest";
import {
  startListener,
  type Answer,
  type Asked,
  type Listener,
} from "../../../tests/fixtures/engine-listener";
import { NoAnswer } from "./aws-error";
import { signedHttp, type SignedRequest } from "./signed-http";

const identity = {
  region: "us-east-1",
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  sessionToken: "session",
};

let listener: Listener | undefined;

afterEach(() => listener?.stop());

async function listen(answer: Answer) {
  const heard: Asked[] = [];
  listener = await startListener((asked) => {
    heard.push(asked);
    return answer;
  });
  return { endpoint: listener.endpoint, heard };
}

const ANSWERED: Answer = { status: 200, body: "answered" };

const post = (endpoint: string, rest: Partial<SignedRequest> = {}): SignedRequest => ({
  endpoint,
  service: "execute-api",
  path: "/@connections/abc%3D",
  headers: { "Content-Type": "application/json" },
  body: "¡hola!",
  timeoutMs: 5_000,
  ...rest,
});

describe("a signed request", () => {
  it("arrives whole, signed for its service, with the session's token and the address as its host", async () => {
    const { endpoint, heard } = await listen(ANSWERED);

    const answer = await signedHttp(identity)(post(endpoint));

    expect(answer).toEqual({ status: 200, body: "answered" });
    const { request, body } = heard[0]!;
    expect(body).toBe("¡hola!");
    expect(request.method).toBe("POST");
    expect(request.url).toBe("/@connections/abc%3D");
    expect(request.headers.host).toBe(new URL(endpoint).host);
    expect(request.headers["x-amz-security-token"]).toBe("session");
    expect(request.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/execute-api\/aws4_request, SignedHeaders=\S+, Signature=[0-9a-f]{64}$/,
    );
  });

  it("goes behind the path of its endpoint", async () => {
    const { endpoint, heard } = await listen(ANSWERED);

    await signedHttp(identity)(post(`${endpoint}/chat/`));

    expect(heard[0]!.request.url).toBe("/chat/@connections/abc%3D");
  });

  it("answers with whatever status came", async () => {
    const { endpoint } = await listen({ status: 410 });

    expect(await signedHttp(identity)(post(endpoint))).toMatchObject({ status: 410 });
  });

  it("keeps its connection for the next one", async () => {
    const { endpoint, heard } = await listen(ANSWERED);
    const send = signedHttp(identity);

    await send(post(endpoint));
    await send(post(endpoint));

    expect(new Set(heard.map(({ request }) => request.socket)).size).toBe(1);
  });

  it("says that nobody answered: silence, a broken line, nobody there", async () => {
    const silent = await listen("silence");
    const send = signedHttp(identity);
    await expect(send(post(silent.endpoint, { timeoutMs: 50 }))).rejects.toBeInstanceOf(NoAnswer);
    listener?.stop();

    const rude = await listen("hang up");
    await expect(send(post(rude.endpoint))).rejects.toBeInstanceOf(NoAnswer);
    listener?.stop();

    await expect(send(post(rude.endpoint))).rejects.toBeInstanceOf(NoAnswer);
  });
});
