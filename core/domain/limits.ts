// Every number that bounds something, with its reason. Units are in the names.

const MINUTE_MS = 60_000;

/** Characters (grapheme clusters) of one message, as a person counts them: about a page. Devices hold people to it. */
export const TEXT_CHARACTERS = 2_000;
/**
 * Bytes of a message's text in a frame (wireBytesOf in text.ts). Eight a character, so that ordinary text of every
 * script has 2,000 characters before it has so many bytes: Malayalam takes 6.4, a flag 8. An entry with so much text
 * and all that may stand beside it fits a frame (FRAME_BYTES).
 */
export const TEXT_BYTES = 16_000;
/** Code points of one character. Syllables and family emoji have up to 11; more is a pile of marks. */
export const CHARACTER_CODE_POINTS = 16;
/** API Gateway cuts at 32 KB frames; the rest is room for the envelope. */
export const FRAME_BYTES = 28_000;
/** One emoji in UTF-8: the longest families and flags take 35. */
export const EMOJI_BYTES = 48;
/** An edit comes within this of its message: what was said yesterday stays said. A delete has no such limit. */
export const EDIT_WITHIN_MS = 24 * 60 * MINUTE_MS;
/** Edits of one message. Their slots stand in its item: a hundred take a few hundred bytes of its 400 KB. */
export const MESSAGE_EDITS = 100;
/** Versions of a message read at once; as many are answered as fit a frame. */
export const HISTORY_VERSIONS = 20;
export const NAME_CHARACTERS = 60;
export const PREVIEW_CHARACTERS = 140;
/** In a frame. Three a character: a preview full of emoji or marks is cut by this. It bounds a row; see INBOX_ROWS. */
export const PREVIEW_BYTES = 420;
/** Entries in one `send`. */
export const SEND_ENTRIES = 20;
/** Entries in one `page`, if their bytes allow. */
export const PAGE_ENTRIES = 100;
/** Conversations in one `conversations` or `welcome`: as many as always fit. At their longest they fill 27 KB. */
export const INBOX_ROWS = 15;
/** A `send` whose `after` is further behind the tail than this must sync first. */
export const STALE_ENTRIES = 500;
/** Inbox rows are bumped at most this often a conversation: six write units each time. See decision 0058. */
export const BUMP_EVERY_MS = 60 * MINUTE_MS;
/**
 * How far the floor on an inbox row stands above the tail at the bump, so that no seq is ever used twice even
 * when a whole log expires: more than two people can append between two bumps under the highest rate limit, 2,000
 * in each of 360 windows and both of them.
 */
export const FLOOR_HEADROOM = 1_500_000;
/**
 * More than this many entries of one person in one conversation and one window (pace.ts): `slow-down`. A deployment may
 * set another number, for machines that write; never one above MOST_RATE_MESSAGES.
 */
export const RATE_MESSAGES = 60;
export const MOST_RATE_MESSAGES = 2_000;
export const RATE_WINDOW_MS = 10_000;
/**
 * How often a device says that it is there. API Gateway ends a socket that was silent for ten minutes, so hidden pages
 * say something every eight: this instead of that.
 */
export const HERE_EVERY_MS = 7.5 * MINUTE_MS;
/** How long a row counts that is not renewed: two times may be missed, a page that sleeps be a minute late. */
export const CONNECTION_MS = 25 * MINUTE_MS;
/** How long a watch counts: API Gateway cuts every socket at two hours, and the watch ends with it. */
export const WATCH_MS = 125 * MINUTE_MS;
/** How often who sees another online asks again: a socket that died without a word tells nobody. See decision 0050. */
export const WATCH_EVERY_MS = 15 * MINUTE_MS;
/** How often typing is told: a message of ordinary length, eight seconds on glass, tells once. See decision 0036. */
export const TYPING_EVERY_MS = 10_000;
/** A typing state that nobody renews ends after this; the rest is room for a slow line. */
export const TYPING_MS = 12_000;
/** Conversations that one person may open with people they had none with, a window. */
export const OPENINGS = 30;
export const OPENINGS_WINDOW_MS = 60 * MINUTE_MS;
/** A handle that was given up is its owner's for so long: bookmarks and links of theirs are still about. */
export const HANDLE_HELD_MS = 90 * 24 * 60 * MINUTE_MS;
/** Old handles that one person holds at once. With more, somebody who renames in a loop takes handles from others. */
export const HELD_HANDLES = 3;
