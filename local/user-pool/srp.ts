// The server's half of SRP-6a as Cognito does it (RFC 5054 is the idea; the details differ): the 3072-bit group of
// RFC 3526 with g = 2, SHA-256, numbers hashed as Java's BigInteger.toByteArray gives them, a 16-byte HKDF key, and
// a signature over pool, user, secret block and timestamp instead of RFC 2945's M1. The other half is in the Amplify
// library, src/providers/cognito/utils/srp; amplify-signs-in.test.ts runs the two against each other.
// Not constant-time: this pool answers on loopback only.

import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const N = BigInt(
  "0x" +
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD" +
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED" +
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F" +
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B" +
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510" +
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7" +
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C" +
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
);
const G = 2n;
/** Exponents as long as the hash: longer ones add no strength and cost time. */
const EXPONENT_BYTES = 32;
const SALT_BYTES = 16;
const KEY_BYTES = 16;

const power = (base: bigint, exponent: bigint): bigint => {
  let result = 1n;
  let square = base % N;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
};

/** Two's complement: an even number of digits, and a leading 00 where the top bit would read as a sign. */
const bytesOf = (value: bigint): Buffer => {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, "hex");
};

const numberOf = (hash: Buffer): bigint => BigInt(`0x${hash.toString("hex")}`);
const sha256 = (...parts: readonly (Buffer | string)[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const hmac = (key: Buffer, ...parts: readonly (Buffer | string)[]): Buffer => {
  const mac = createHmac("sha256", key);
  for (const part of parts) mac.update(part);
  return mac.digest();
};

const K = numberOf(sha256(bytesOf(N), bytesOf(G)));

export type Identity = { readonly poolName: string; readonly user: string };

/** All that is kept of a password. Hex. */
export type Secret = { readonly salt: string; readonly verifier: string };

const verifierOf = ({ poolName, user }: Identity, password: string, salt: string): bigint =>
  power(G, numberOf(sha256(bytesOf(BigInt(`0x${salt}`)), sha256(`${poolName}${user}:${password}`))));

export const secretOf = (identity: Identity, password: string): Secret => {
  const salt = randomBytes(SALT_BYTES).toString("hex");
  return { salt, verifier: verifierOf(identity, password, salt).toString(16) };
};

/** For the flow that sends the password itself. */
export const matches = (identity: Identity, password: string, { salt, verifier }: Secret): boolean =>
  verifierOf(identity, password, salt) === BigInt(`0x${verifier}`);

/** A secret that no password opens, with the same salt each time: a stranger cannot tell it from a user's. */
export const secretOfNobody = (seed: string): Secret => ({
  salt: sha256("salt", seed).subarray(0, SALT_BYTES).toString("hex"),
  verifier: power(G, numberOf(randomBytes(EXPONENT_BYTES))).toString(16),
});

/** The client's A, or undefined where it would let anybody in (A mod N = 0) or is no number. */
export const clientValueOf = (hex: string): bigint | undefined => {
  if (!/^[0-9a-fA-F]{1,800}$/.test(hex)) return undefined;
  const value = BigInt(`0x${hex}`);
  return value % N === 0n ? undefined : value;
};

export type Challenge = { readonly serverValue: string; readonly key: Buffer };

/** B for the client, and the key that a client with the right password will have made from it. */
export const challengeOf = (clientValue: bigint, { verifier }: Secret): Challenge => {
  const v = BigInt(`0x${verifier}`);
  const b = numberOf(randomBytes(EXPONENT_BYTES));
  const serverValue = (K * v + power(G, b)) % N;
  const u = numberOf(sha256(bytesOf(clientValue), bytesOf(serverValue)));
  const agreed = power(clientValue * power(v, u), b);
  const extracted = hmac(bytesOf(u), bytesOf(agreed));
  const key = hmac(extracted, "Caldera Derived Key\u0001").subarray(0, KEY_BYTES);
  return { serverValue: serverValue.toString(16), key };
};

export type Claim = { readonly secretBlock: string; readonly timestamp: string; readonly signature: string };

export const provesPassword = (key: Buffer, { poolName, user }: Identity, claim: Claim): boolean => {
  const expected = hmac(key, poolName, user, Buffer.from(claim.secretBlock, "base64"), claim.timestamp);
  const given = Buffer.from(claim.signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
};
