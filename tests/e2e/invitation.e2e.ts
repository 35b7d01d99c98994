import { mailedCode, newEmail, newPassword } from "../fixtures/account";
import { at, composer, expect, message, say, test } from "./people";

test("an invitation link leads somebody new through sign-up into the conversation", async ({
  arrive,
  browser,
}) => {
  const ada = await arrive("Ada");
  const context = await browser.newContext();
  const page = await context.newPage();
  const [email, password] = [newEmail("Nova"), newPassword()];

  await page.goto(`/chat/${ada.handle}`);
  await page.getByRole("tab", { name: "Create account" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Nova");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Password again").fill(password);
  await page.getByRole("button", { name: "Create account", exact: true }).click();
  let code = "";
  await expect(async () => void (code = await mailedCode(at, email))).toPass();
  await page.getByLabel("Code").fill(code);
  await page.getByRole("button", { name: "Confirm" }).click();

  await expect(page).toHaveURL(new RegExp(`/chat/${ada.handle}$`));
  await expect(page.getByRole("heading", { name: "Ada" })).toBeVisible();
  await expect(composer(page)).toBeVisible();
  await say(page, "I am new here");
  await ada.page.getByRole("link", { name: /Nova/ }).click();
  await expect(message(ada.page, "I am new here")).toBeVisible();
  await context.close();
});
