// People in any engine: signing up, signing in, writing and reading.

import { VERSION } from "../../core/protocol/version";
import { signUpAndIn, type Account } from "../fixtures/account";
import { place } from "../fixtures/place";
import { RawSocket } from "../fixtures/raw-socket";
import type { Driver, Profile, ProfileOptions } from "./driver.types";
import type { Search } from "./find-in-page";
import { by, Screen } from "./screen";

export type Person = {
  readonly name: string;
  readonly account: Account;
  readonly handle: string;
  readonly profile: Profile;
  readonly screen: Screen;
};

export const at = (path: string): string => new URL(path, place().appAddress).href;

/** Signed up, and signed in on the sign-in page of a profile of their own. */
export async function arrive(driver: Driver, name: string, options?: ProfileOptions): Promise<Person> {
  const account = await signUpAndIn(place(), name);
  const profile = await driver.profile(options);
  const screen = new Screen(await profile.tab());
  await signIn(screen, account);
  await screen.sees(by("navigation", "Conversations"));
  return { name, account, profile, screen, handle: await handleOf(account) };
}

export async function signIn(screen: Screen, { email, password }: Account): Promise<void> {
  await screen.goto(at("/sign-in"));
  await fillsSignIn(screen, { email, password });
}

export async function fillsSignIn(
  screen: Screen,
  { email, password }: Pick<Account, "email" | "password">,
): Promise<void> {
  await screen.fills(by("textbox", /^E-mail/), email);
  await screen.fills(by("textbox", /^Password/), password);
  await screen.clicks(by("button", "Sign in"));
}

/** Asked of the server: the client makes the profile with its first `hello`. */
export async function handleOf({ accessToken }: Pick<Account, "accessToken">): Promise<string> {
  const socket = await socketOf(accessToken);
  try {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const welcome = await socket.ask({ action: "hello", device: "engines-look-on", version: VERSION });
      const { me } = welcome;
      if (typeof me === "object" && me && "handle" in me) return String(me.handle);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("unable to learn a handle; the server knows no profile of this person");
  } finally {
    socket.close();
  }
}

export const socketOf = (accessToken: string): Promise<RawSocket> =>
  RawSocket.open(place().socketUrl, ["chat.v1", `jwt.${accessToken}`]);

export async function opensByHandle({ screen }: Pick<Person, "screen">, handle: string): Promise<void> {
  const dialog = by("dialog", "New conversation");
  await screen.clicks(by("button", "New conversation"));
  await screen.fills(by("textbox", /Handle/, { within: dialog }), handle);
  await screen.clicks(by("button", "Start conversation", { within: dialog }));
  await screen.sees(composer);
}

export const composer: Search = by("textbox", /^Message/);

export async function says(screen: Screen, text: string): Promise<void> {
  await screen.fills(composer, text);
  await screen.presses("Enter");
}

/** A message on the screen. */
export const message = (text: string): Search => by("article", undefined, { text, within: by("log") });

export const tick = (text: string, name: "Waiting to be sent" | "Sent" | "Delivered" | "Read"): Search =>
  by("img", name, { within: message(text) });

/** The texts of all messages that are on the screen, from the oldest. */
export async function messagesOn(screen: Screen): Promise<readonly string[]> {
  const found = await screen.all(by("article", undefined, { within: by("log") }));
  return found.map(({ text }) => text);
}

/** Ada and Grace at their conversation. Ada has sent the texts and Grace has read them. */
export async function together(driver: Driver, ...texts: readonly string[]) {
  const ada = await arrive(driver, "Ada");
  const grace = await arrive(driver, "Grace");
  await opensByHandle(ada, grace.handle);
  for (const text of texts) await says(ada.screen, text);
  await grace.screen.clicks(by("link", /Ada/));
  for (const text of texts) await ada.screen.sees(tick(text, "Read"));
  return { ada, grace };
}
