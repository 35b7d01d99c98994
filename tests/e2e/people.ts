// Two people, each in a browser profile of their own, signed in the way a person would.

import { test as plain, expect, type BrowserContext, type Page } from "@playwright/test";
import { signUpAndIn, type Account } from "../fixtures/account";
import { VERSION } from "../../core/protocol/version";
import { place } from "../fixtures/place";
import { RawSocket } from "../fixtures/raw-socket";

export { expect };

export type Talker = {
  readonly account: Account;
  readonly handle: string;
  readonly page: Page;
};

type Fixtures = {
  /** Signs somebody up and in; every one has a profile and a handle of their own. */
  readonly arrive: (name: string) => Promise<Talker>;
};

export const at = place();

export const test = plain.extend<Fixtures>({
  arrive: async ({ browser }, use) => {
    const pages: Page[] = [];
    await use(async (name) => {
      const talker = await arriveIn(await browser.newContext(), name);
      pages.push(talker.page);
      return talker;
    });
    for (const page of pages) await page.context().close();
  },
});

/** A context is a browser profile. */
export async function arriveIn(context: BrowserContext, name: string): Promise<Talker> {
  const account = await signUpAndIn(at, name);
  const page = await context.newPage();
  await signIn(page, account);
  await expect(page.getByRole("navigation", { name: "Conversations" })).toBeVisible();
  const handle = await handleOf(account);
  return { account, handle, page };
}

export async function signIn(page: Page, account: Pick<Account, "email" | "password">) {
  await page.goto("/sign-in");
  await fillSignIn(page, account);
}

export async function fillSignIn(page: Page, account: Pick<Account, "email" | "password">) {
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Asked of the server: the client makes the profile with its first `hello`. */
async function handleOf(account: Account): Promise<string> {
  const socket = await RawSocket.open(at.socketUrl, ["chat.v1", `jwt.${account.accessToken}`]);
  try {
    let handle: unknown;
    await expect(async () => {
      const welcome = await socket.ask({ action: "hello", device: "e2e-looks-on", version: VERSION });
      handle = (welcome["me"] as { handle?: unknown } | undefined)?.handle;
      expect(handle).toEqual(expect.any(String));
    }).toPass();
    return String(handle);
  } finally {
    socket.close();
  }
}

/** Opens the conversation by the other's handle, as somebody who was told it would. */
export async function openByHandle(page: Page, handle: string) {
  await page.getByRole("button", { name: "New conversation" }).click();
  const dialog = page.getByRole("dialog", { name: "New conversation" });
  await dialog.getByRole("textbox", { name: "Handle" }).fill(handle);
  await dialog.getByRole("button", { name: "Start conversation" }).click();
}

export const composer = (page: Page) => page.getByRole("textbox", { name: "Message" });

export async function say(page: Page, text: string) {
  await composer(page).fill(text);
  await composer(page).press("Enter");
}

/** The messages of the conversation on the screen, oldest first. */
export const messages = (page: Page) => page.getByRole("log").getByRole("article");

export const message = (page: Page, text: string) => messages(page).filter({ hasText: text });

export const tick = (page: Page, text: string, name: "Sent" | "Delivered" | "Read" | "Waiting to be sent") =>
  message(page, text).getByRole("img", { name, exact: true });
