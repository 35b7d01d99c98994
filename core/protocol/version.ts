/** Raised, with PROTOCOL.md and the fingerprint beside it, whenever a frame changes. */
export const VERSION = 5;
export const SUBPROTOCOL = "chat.v1";
/** Browsers cannot set headers on a WebSocket, so the access token travels as an offered subprotocol. */
export const TOKEN_SUBPROTOCOL_PREFIX = "jwt.";
