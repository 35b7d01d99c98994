// The page that signs a seat in, and only that seat: it is served under the seat's own host, holds that person's
// password and nobody else's, and may be framed by the demo's page alone.

import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { build } from "esbuild";
import type { DemoPerson } from "./people";
import type { Seat } from "./seats";
import { SIGN_IN_PATH } from "./seats";
import type { SeatSignIn } from "./seat-sign-in.types";

export type CognitoAddress = {
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly userPoolEndpoint: string;
};

export interface SignInPage {
  show(seat: Seat, request: IncomingMessage, response: ServerResponse): void;
  script(response: ServerResponse): void;
}

/** A path of the seat's own origin, or its front page: nobody is sent on to another site. */
export const pathWithin = (to: string | null): string => {
  const here = "http://seat.localhost";
  try {
    const address = new URL(to ?? "/", here);
    return address.origin === here ? address.pathname + address.search + address.hash : "/";
  } catch {
    return "/";
  }
};

const bundle = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "seat-sign-in.ts")],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
};

export const createSignInPage = (options: {
  readonly people: () => Readonly<Record<Seat, DemoPerson>>;
  readonly cognito: () => CognitoAddress;
  /** The origin whose pages may frame it. */
  readonly framedBy: () => string;
}): SignInPage => {
  let bundled: Promise<string> | undefined;

  return {
    show(seat, request, response) {
      const asked = new URL(request.url ?? "/", "http://localhost").searchParams;
      const { email, password, name } = options.people()[seat];
      const cognito = options.cognito();
      const given: SeatSignIn = { email, password, cognito, to: pathWithin(asked.get("to")) };
      response.writeHead(200, {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "content-security-policy": [
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'unsafe-inline'",
          `connect-src ${new URL(cognito.userPoolEndpoint).origin}`,
          `frame-ancestors ${options.framedBy()}`,
        ].join("; "),
      });
      // In JSON a "<" can only stand inside a string, where \\u003c is the same.
      response.end(`<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Signing ${name} in</title>
<body style="font:16px/1.5 system-ui,sans-serif;margin:0;padding:2rem">
<p id="state" role="status">Signing ${name} in …</p>
<script type="application/json" id="given">${JSON.stringify(given).replaceAll("<", "\\u003c")}</script>
<script src="${SIGN_IN_PATH}.js"></script>
</body>
</html>`);
    },
    script(response) {
      bundled ??= bundle();
      bundled.then(
        (text) => {
          response.writeHead(200, { "content-type": "text/javascript", "cache-control": "no-store" });
          response.end(text);
        },
        (error: unknown) => {
          bundled = undefined;
          response.writeHead(500, { "content-type": "text/plain" });
          response.end(`unable to bundle the seat's sign-in; ${String(error)}`);
        },
      );
    },
  };
};
