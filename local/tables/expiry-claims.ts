// Which items the local cloud deleted because their time was over. The engine takes such a deletion for anybody's;
// by this the record of it in the table's stream is told to be the service's. It is written down before the deletion,
// since the record may be read at once, or after a restart.

import { join } from "node:path";
import { isRecord, type Json } from "../template/json";
import { openDurableFile } from "../user-pool/durable-file";

export type Claim = { readonly table: string; readonly keys: Json; readonly expiry: string };

export type Claims = {
  /** Resolves when they are on the disk. */
  add(claims: readonly Claim[]): Promise<void>;
  /** The item was not deleted after all. */
  drop(claim: Claim): void;
  has(claim: Claim): boolean;
  saved(): Promise<void>;
};

/** A stream keeps a record for a day; after that nobody asks. */
const KEPT_MS = 25 * 3_600_000;

/** When each was claimed, on this machine's clock, by what it is. */
type Stored = { readonly claimedAt: Record<string, number> };

const isStored = (value: unknown): value is Stored =>
  isRecord(value) &&
  isRecord(value["claimedAt"]) &&
  Object.values(value["claimedAt"]).every((at) => typeof at === "number");

export function openClaims(dataDir: string): Claims {
  const { value, saved } = openDurableFile({
    path: join(dataDir, "expiry", "claims.json"),
    what: "which expired items were deleted",
    initial: (): Stored => ({ claimedAt: {} }),
    isWhole: isStored,
  });
  const { claimedAt } = value;
  const forgetOld = (): void => {
    for (const [name, at] of Object.entries(claimedAt)) if (at < Date.now() - KEPT_MS) delete claimedAt[name];
  };
  return {
    add: async (claims) => {
      forgetOld();
      for (const claim of claims) claimedAt[nameOf(claim)] = Date.now();
      await saved();
    },
    drop: (claim) => void delete claimedAt[nameOf(claim)],
    has: (claim) => Object.hasOwn(claimedAt, nameOf(claim)),
    saved,
  };
}

/** The expiry too: an item that was made again under the same key is another one. */
const nameOf = ({ table, keys, expiry }: Claim): string =>
  JSON.stringify([table, Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1)), expiry]);
