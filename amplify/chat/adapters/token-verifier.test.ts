import { createSign, generateKeyPairSync, randomUUID, type KeyObject } from "node:crypto";
import { describe, expect, it } from "vitest";
import { tokenVerifier } from "./token-verifier";

const POOL = "us-east-1_aBcDeFgHi";
const CLIENT = "1h57kf5cpq17m0eml12EXAMPLE";
const ISSUER = `https://cognito-idp.us-east-1.amazonaws.com/${POOL}`;
const user = randomUUID();

const [ours, theirs] = [
  generateKeyPairSync("rsa", { modulusLength: 2048 }),
  generateKeyPairSync("rsa", { modulusLength: 2048 }),
];
const { kty, n, e } = ours.publicKey.export({ format: "jwk" });
const keys = { keys: [{ kid: "k1", alg: "RS256", use: "sig", kty: kty ?? "", n: n ?? "", e: e ?? "" }] };
const verify = tokenVerifier(POOL, CLIENT, keys);

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

function signed(claims: Readonly<Record<string, unknown>>, key: KeyObject = ours.privateKey, alg = "RS256") {
  const now = Math.floor(Date.now() / 1000);
  const payload = {
    ...{ sub: user, iss: ISSUER, client_id: CLIENT, token_use: "access", exp: now + 600, iat: now },
    ...claims,
  };
  const content = `${encode({ kid: "k1", alg })}.${encode(payload)}`;
  return `${content}.${createSign("RSA-SHA256").update(content).sign(key, "base64url")}`;
}

describe("the token verifier", () => {
  it("knows whose access token it is", async () => {
    expect(await verify(signed({}))).toBe(user);
  });

  it.each([
    ["that has expired", signed({ exp: Math.floor(Date.now() / 1000) - 1 })],
    ["of another pool", signed({ iss: `${ISSUER}x` })],
    ["of another client", signed({ client_id: "another" })],
    ["that is an ID token", signed({ token_use: "id", aud: CLIENT })],
    ["signed by somebody else", signed({}, theirs.privateKey)],
    ["of nobody of ours", signed({ sub: "root" })],
    ["that is signed by nobody", `${encode({ kid: "k1", alg: "none" })}.${encode({ sub: user })}.`],
    ["whose signature is of another algorithm", signed({}, ours.privateKey, "HS256")],
    ["that was changed", signed({}).replace(/\.[^.]+\./, `.${encode({ sub: randomUUID() })}.`)],
    ["that is no token", "not.a.token"],
    ["that is empty", ""],
  ])("refuses one %s", async (_title, token) => {
    expect(await verify(token)).toBeUndefined();
  });
});
