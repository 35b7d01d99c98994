// What the probe reads of API Gateway's events.

export type SocketEvent = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly queryStringParameters?: Readonly<Record<string, string>> | null;
  readonly methodArn?: string;
  readonly body?: string;
  readonly requestContext: {
    readonly routeKey: string;
    readonly connectionId: string;
    readonly connectedAt: number;
    readonly domainName: string;
    readonly stage: string;
    readonly authorizer?: Readonly<Record<string, string | number>>;
    readonly disconnectStatusCode?: number;
    readonly disconnectReason?: string;
  };
};

export type ProxyAnswer = {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type Said = Readonly<Record<string, unknown>> & { readonly ref?: string };

/** Frames of the tests are JSON objects; another text is a frame too, and has no fields. */
export function saidIn(event: SocketEvent): Said {
  try {
    const parsed: unknown = JSON.parse(event.body ?? "");
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

export const textOf = (said: Said, field: string): string => String(said[field] ?? "");

export const answering = (said: Said, answer: object): ProxyAnswer => ({
  statusCode: 200,
  body: JSON.stringify({ ref: said.ref, ...answer }),
});
