// The pool's RSA key. Made once a data directory and kept, so that tokens outlive a restart.

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from "node:crypto";
import type { DurableFile } from "./durable-file";
import { openDurableFile } from "./durable-file";

export type Claims = Readonly<Record<string, unknown>>;

export interface SigningKeys {
  readonly jwks: { readonly keys: readonly object[] };
  /** Makes what must look random and be the same each time: what a stranger is told about users who are not there. */
  readonly seed: string;
  sign(claims: Claims): string;
  /** The claims, if this pool signed them. Says nothing about expiry. */
  read(jwt: string): Claims | undefined;
  saved(): Promise<void>;
}

type Stored = { readonly version: 1; readonly privateKey: string; readonly seed: string };

const isStored = (stored: unknown): stored is Stored =>
  typeof stored === "object" &&
  stored !== null &&
  "version" in stored &&
  stored.version === 1 &&
  "privateKey" in stored;

const isClaims = (value: unknown): value is Claims => typeof value === "object" && value !== null;

/** Cognito signs with RS256 and 2048 bits. */
const generate = (): Stored => ({
  version: 1,
  privateKey: generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey,
  seed: randomBytes(32).toString("hex"),
});

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const openSigningKeys = (path: string): SigningKeys => {
  const file: DurableFile<Stored> = openDurableFile({
    path,
    what: "the user pool's keys",
    initial: generate,
    isWhole: isStored,
  });
  const privateKey = createPrivateKey(file.value.privateKey);
  const publicKey = createPublicKey(privateKey);
  const jwk = publicKey.export({ format: "jwk" });
  const kid = createHash("sha256").update(String(jwk.n)).digest("base64");
  const header = encode({ kid, alg: "RS256" });

  return {
    jwks: { keys: [{ alg: "RS256", e: jwk.e, kid, kty: "RSA", n: jwk.n, use: "sig" }] },
    seed: file.value.seed,
    saved: () => file.saved(),
    sign(claims) {
      const signed = `${header}.${encode(claims)}`;
      return `${signed}.${sign("sha256", Buffer.from(signed), privateKey).toString("base64url")}`;
    },
    read(jwt) {
      const [head, body, signature, more] = jwt.split(".");
      if (head !== header || !body || !signature || more !== undefined) return undefined;
      const genuine = verify(
        "sha256",
        Buffer.from(`${head}.${body}`),
        publicKey,
        Buffer.from(signature, "base64url"),
      );
      const claims = genuine ? parse(Buffer.from(body, "base64url").toString("utf8")) : undefined;
      return isClaims(claims) ? claims : undefined;
    },
  };
};
