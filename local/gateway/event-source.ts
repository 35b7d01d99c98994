import type { Api } from "./api";

export type Client = {
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  /** Of the page that opened the socket; only browsers say one. */
  readonly origin?: string | undefined;
};

/** Told to every function of the connection: "principalId", the authorizer's context, "integrationLatency". */
export type AuthorizerContext = Readonly<Record<string, string | number>>;

/** What every event of a connection tells of it. A connection is one; so is a handshake that is to become one. */
export type EventSource = {
  readonly api: Api;
  readonly id: string;
  readonly client: Client;
  readonly connectedAt: number;
  readonly authorizer: AuthorizerContext | undefined;
};

export type Close = { readonly code: number; readonly reason: string };
