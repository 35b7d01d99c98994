// A seat is a browser origin of its own, `ada.parley.localhost`: its own storage, so its own session of the real app.
// All that comes to it is passed on to the app, but for the page that signs the seat in.
//
// Where such names are not resolved, a seat is `localhost` on a port of its own: see seat-ports.ts.
//
// The page that frames the seats is at `parley.localhost`, which is the same site: in a frame of another site Chromium
// takes localStorage away wherever third-party cookies are blocked, as in every incognito window.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Surface } from "../resources";
import type { AppProxy } from "./app-proxy";
import { hostNameOf } from "../pages/hosts";
import type { SignInPage } from "./sign-in-page";

export type Seat = "ada" | "grace";
export const SEATS: readonly Seat[] = ["ada", "grace"];

export const DEMO_HOST = "parley.localhost";
export const PLAIN_HOST = "localhost";
export const hostOfSeat = (seat: Seat): string => `${seat}.${DEMO_HOST}`;
const SEAT_ORIGINS = `http://*.${DEMO_HOST}:*`;

/** The seats' pages open sockets from hosts of their own: the backend is synthesized to let them. */
export function admitSeats(env: NodeJS.ProcessEnv): void {
  const origins = (env["PARLEY_ORIGINS"] ?? "").split(",").filter((origin) => origin !== "");
  if (!origins.includes(SEAT_ORIGINS)) env["PARLEY_ORIGINS"] = [...origins, SEAT_ORIGINS].join(",");
}

/** Nothing of the app's: Next serves no path that begins so. */
export const SIGN_IN_PATH = "/__seat/sign-in";

export const seatOf = (request: IncomingMessage): Seat | undefined =>
  SEATS.find((seat) => hostNameOf(request) === hostOfSeat(seat));

const pathOf = (request: IncomingMessage) => (request.url ?? "/").split("?", 1)[0];

type Sides = { readonly signInPage: SignInPage; readonly proxy: AppProxy };

export function handleSeat(
  { signInPage, proxy }: Sides,
  seat: Seat,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const path = pathOf(request);
  if (path === SIGN_IN_PATH) return signInPage.show(seat, request, response);
  if (path === `${SIGN_IN_PATH}.js`) return signInPage.script(response);
  proxy.handle(request, response);
}

export const createSeats = (sides: Sides): Surface => ({
  claims: (request) => seatOf(request) !== undefined,
  handle(request, response) {
    const seat = seatOf(request);
    if (seat) handleSeat(sides, seat, request, response);
  },
  upgrade: (request, socket, head) => sides.proxy.upgrade(request, socket, head),
});
