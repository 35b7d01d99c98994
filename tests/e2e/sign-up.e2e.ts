import { mailedCode, newEmail, newPassword } from "../fixtures/account";
import { at, expect, fillSignIn, test } from "./people";

test("somebody signs up with the mailed code, and arrives with a handle made from their name", async ({
  page,
}) => {
  const email = newEmail("Hedy");
  const password = newPassword();

  await page.goto("/");
  await page
    .getByRole("link", { name: /create|sign up/i })
    .first()
    .click();
  await page.getByRole("textbox", { name: "Name" }).fill("Hedy Lamarr");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Password again").fill(password);
  await page.getByRole("button", { name: "Create account", exact: true }).click();
  await page.getByLabel("Code").fill(await codeOnceMailed(email));
  await page.getByRole("button", { name: "Confirm" }).click();

  await expect(page.getByRole("navigation", { name: "Conversations" })).toBeVisible();
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Hedy Lamarr");
  await expect(page.getByRole("textbox", { name: "Handle" })).toHaveValue(/^hedy/);
});

test("a wrong password and an unknown address get the same clear sentence", async ({ page, arrive }) => {
  const { account } = await arrive("Alan");
  for (const email of [account.email, newEmail("Nobody")]) {
    await page.goto("/sign-in");
    await fillSignIn(page, { email, password: "Not-the-password-1" });
    await expect(
      page.getByRole("alert").filter({ hasText: /wrong|not right|incorrect|do not match/i }),
    ).toBeVisible();
  }
});

test("a link to a conversation asks a stranger to sign in, and then shows that conversation", async ({
  page,
  arrive,
}) => {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");

  await page.goto(`/chat/${ada.handle}`);
  await expect(page).toHaveURL(/\/sign-in/);
  await fillSignIn(page, grace.account);

  await expect(page).toHaveURL(new RegExp(`/chat/${ada.handle}$`));
  await expect(page.getByRole("heading", { name: "Ada" })).toBeVisible();
});

test("signing out empties this device and asks to sign in again", async ({ arrive }) => {
  const { page } = await arrive("Ada");
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();

  await expect(page).not.toHaveURL(/\/(chat|settings)/);
  await page.goto("/chat");
  await expect(page).toHaveURL(/\/sign-in/);
  const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(databases).toEqual([]);
});

async function codeOnceMailed(email: string): Promise<string> {
  let code = "";
  await expect(async () => {
    code = await mailedCode(at, email);
  }).toPass();
  return code;
}
