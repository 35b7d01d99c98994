import { createHash } from "node:crypto";
import { isRecord } from "../template/json";

/** As it lies in the file. Instants are the cloud's clock's. */
export type Message = {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  visibleAt: number;
  receives: number;
  firstReceivedAt?: number;
  /** Of the last receive: an older one cannot delete any more. */
  receipt?: string;
};

/** All queues, by name. */
export type Stored = { readonly queues: Record<string, Message[]> };

export const emptyStored = (): Stored => ({ queues: {} });

export const isStored = (value: unknown): value is Stored =>
  isRecord(value) &&
  isRecord(value["queues"]) &&
  Object.values(value["queues"]).every((it) => Array.isArray(it) && it.every(isMessage));

const isMessage = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value["id"] === "string" &&
  typeof value["body"] === "string" &&
  [value["sentAt"], value["visibleAt"], value["receives"]].every((it) => typeof it === "number");

export const md5Of = (body: string): string => createHash("md5").update(body).digest("hex");
