// What `Ref` answers for the pool and its clients. Made from the logical id, so that they are the same at every
// start and the app's stored tokens stay valid; shaped like Cognito's, because clients read the region out of them.

import { createHash } from "node:crypto";
import { REGION } from "../resources";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

const lettersOf = (text: string, length: number): string =>
  [...createHash("sha256").update(text).digest().subarray(0, length)]
    .map((byte) => ALPHABET[byte % ALPHABET.length])
    .join("");

/** "us-east-1_k3v9x0abc" */
export const userPoolIdOf = (resourceId: string): string => `${REGION}_${lettersOf(`pool ${resourceId}`, 9)}`;

/** 26 letters and digits. */
export const userPoolClientIdOf = (resourceId: string): string => lettersOf(`client ${resourceId}`, 26);

/** The part of the pool's id that SRP mixes into every password: "k3v9x0abc". */
export const poolNameOf = (poolId: string): string => poolId.slice(poolId.indexOf("_") + 1);

export const issuerOf = (poolId: string): string => `https://cognito-idp.${REGION}.amazonaws.com/${poolId}`;
