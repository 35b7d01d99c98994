// The sign-in screens speak the app's one language, in every browser, and say what happened.

import type { Locator, Page } from "@playwright/test";
import { newEmail, newPassword, mailedCode } from "../fixtures/account";
import { expectNoBarriers } from "./barriers";
import { at, expect, fillSignIn, test } from "./people";

/** Amplify's own words, which a vocabulary that does not apply leaves on the screen. */
const WORDS_OF_AMPLIFY =
  /Sign In|Create Account|Resend Code|Reset Password|We Emailed You|Your code is on the way|Back to Sign In|\bSubmit\b|must (have|match)/;

const form = (page: Page) => page.getByRole("main");

async function expectOurWords(page: Page) {
  await expect(form(page).getByRole("textbox").first()).toBeVisible();
  expect(await form(page).innerText()).not.toMatch(WORDS_OF_AMPLIFY);
}

for (const locale of ["de-DE", "ja-JP", "en-US"])
  test(`every sign-in screen has the same words in a browser that speaks ${locale}`, async ({ browser }) => {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    await test.step("sign in", async () => {
      await page.goto("/sign-in");
      await expect(page.getByRole("tab", { name: "Sign in", exact: true })).toBeVisible();
      await expectOurWords(page);
    });
    await test.step("create an account, with passwords that do not do", async () => {
      await page.getByRole("tab", { name: "Create account", exact: true }).click();
      await page.getByLabel("Password", { exact: true }).fill("short");
      await page.getByLabel("Password again").fill("other");
      await page.getByLabel("E-mail").fill("hedy@example.com");
      await expect(page.getByText("The two passwords differ. Enter the same one twice.")).toBeVisible();
      await expectOurWords(page);
    });
    await test.step("reset a password", async () => {
      await page.getByRole("tab", { name: "Sign in", exact: true }).click();
      await page.getByRole("button", { name: "Forgot your password?" }).click();
      await expect(page.getByRole("heading", { name: "Reset password" })).toBeVisible();
      await expectOurWords(page);
      await page.getByLabel("E-mail").fill(newEmail("Nobody"));
      await page.getByRole("button", { name: "Send me a code" }).click();
      await expect(page.getByLabel("New password again")).toBeVisible();
      await expectOurWords(page);
      await expectNoBarriers(page);
    });
    await context.close();
  });

test("a reset password is confirmed in words, and the address is filled in to sign in with it", async ({
  page,
  arrive,
}) => {
  const { account } = await arrive("Alan");
  const before = await mailedCode(at, account.email);
  const password = newPassword();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Forgot your password?" }).click();
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await expect(page.getByLabel("Code")).toBeVisible();
  let code = before;
  await expect(async () => {
    code = await mailedCode(at, account.email);
    expect(code).not.toBe(before);
  }).toPass();
  await page.getByLabel("Code").fill(code);
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByLabel("New password again").fill(password);
  await page.getByRole("button", { name: "Change password" }).click();

  await expect(
    page.getByRole("status").filter({ hasText: "Your password was changed. Sign in with the new one." }),
  ).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue(account.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("navigation", { name: "Conversations" })).toBeVisible();
});

test("whoever mistyped the address finds the way back from the code", async ({ page }) => {
  await page.goto("/sign-in?new&next=%2Fsettings");
  const password = newPassword();
  await page.getByRole("textbox", { name: "Name" }).fill("Hedy");
  await page.getByLabel("E-mail").fill(newEmail("Mistyped"));
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Password again").fill(password);
  await page.getByRole("button", { name: "Create account", exact: true }).click();
  await expect(page.getByLabel("Code")).toBeVisible();

  await page.getByRole("link", { name: "Back to sign in" }).click();
  await expect(page.getByLabel("Password", { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fsettings$/);
});

for (const colorScheme of ["light", "dark"] as const)
  test(`a sign-in form with mistakes in it can be read, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/sign-in?new");
    await page.getByLabel("Password", { exact: true }).fill("short");
    await page.getByLabel("Password again").fill("other");
    await page.getByLabel("E-mail").fill("hedy@example.com");
    await expect(page.getByText(/passwords (differ|must match)/)).toBeVisible();
    await expectNoBarriers(page);
    const [ink, ground] = await Promise.all([
      colourOf(page.getByRole("switch").first(), "color"),
      colourOf(page.locator("html"), "background-color"),
    ]);
    expect(contrast(ink, ground)).toBeGreaterThan(3);
    await page.goto("/sign-in");
    await fillSignIn(page, { email: newEmail("Nobody"), password: "Not-the-password-1" });
    await expect(page.getByRole("alert").first()).toBeVisible();
    await expectNoBarriers(page);
  });

const colourOf = (element: Locator, property: string) =>
  element.evaluate((each, name) => getComputedStyle(each).getPropertyValue(name), property);

/** By WCAG 2: from 1, the same colour, to 21. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((first, second) => first - second);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((text) => {
    const part = Number(text) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
