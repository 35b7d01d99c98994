import type { ConnectionId, UserId } from "./ids";

/** Who speaks: both are the gateway's word, never the frame's. */
export type Caller = { readonly user: UserId; readonly connection: ConnectionId };
