// The pieces that several frames share. Structural only: what a text may contain, who may write where and
// what a handle looks like is the domain's business, which has a refusal of its own for each.

import * as v from "valibot";

/** Longest identifier of any kind; a conversation's name is the longest. */
const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const ref = v.pipe(v.string(), v.minLength(1), v.maxLength(40));
export const id = text(40);
/** What a device calls itself. An id too; a shape of its own, so that a field says what it names. */
export const device = text(40);
export const version = v.number();
/** Where the next page of a list begins: made by the server, opaque to a device. */
export const cursor = text(500);
export const conversation = text(100);
export const seq = count;
export const instant = count;
export const name = text(200);
export const handle = text(60);
/** Longer than any text that the domain takes, so that a text that is too long is refused as that. */
export const messageBody = v.strictObject({ text: v.string() });

/** Longer than any emoji, so that what is none is refused as that. */
export const emoji = text(200);
