// The names of things. Each is a branded string or number, made here and nowhere else, so that a value
// that has such a type has been checked.

declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** A Cognito `sub`. */
export type UserId = Branded<string, "UserId">;
/** `d.<userA>.<userB>`, the two ids in order. */
export type ConversationId = Branded<string, "ConversationId">;
/** Chosen by the device that writes the entry; with the sender it names one entry for ever. */
export type EntryId = Branded<string, "EntryId">;
/** One browser profile or terminal. */
export type DeviceId = Branded<string, "DeviceId">;
/** API Gateway's name for one socket. */
export type ConnectionId = Branded<string, "ConnectionId">;
/** What a person is found by: `ada`. Lower case. */
export type Handle = Branded<string, "Handle">;
/** A slot in a log: 1, 2, 3 … without a gap; 0 stands before the first. */
export type Seq = Branded<number, "Seq">;

const USER_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const CLIENT_CHOSEN_ID = /^[A-Za-z0-9_-]{8,40}$/;
/** Starts with a letter, so that a handle is never mistaken for a number or an option. */
const HANDLE = /^[a-z][a-z0-9_.-]{1,28}[a-z0-9]$/;

export const isUserId = (text: string): text is UserId => USER_ID.test(text);
export const isEntryId = (text: string): text is EntryId => CLIENT_CHOSEN_ID.test(text);
export const isDeviceId = (text: string): text is DeviceId => CLIENT_CHOSEN_ID.test(text);
export const isHandle = (text: string): text is Handle => HANDLE.test(text);
export const isSeq = (value: number): value is Seq => Number.isSafeInteger(value) && value >= 0;

export const seqOf = (value: number): Seq => {
  if (!isSeq(value)) throw new RangeError(`unable to name a slot; ${value} is not a whole number from 0 up`);
  return value;
};

/** Where the log stands before its first entry. */
export const NO_SEQ = seqOf(0);
export const nextSeq = (seq: Seq): Seq => seqOf(seq + 1);

/** API Gateway made it; there is nothing of ours to check. */
export const connectionIdOf = (text: string): ConnectionId => text as ConnectionId;
