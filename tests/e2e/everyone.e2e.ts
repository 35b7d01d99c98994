// For everyone: with a keyboard alone, with a screen reader, on a small screen, in the dark.

import type { Page } from "@playwright/test";
import { expectNoBarriers } from "./barriers";
import { composer, expect, message, openByHandle, say, test } from "./people";

const PLACES = [
  { width: 320, height: 640 },
  { width: 1280, height: 800 },
];

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const [colorScheme, run] of [
  ["light", ""],
  ["dark", " @long"],
] as const)
  test(`every screen is free of barriers and fits, ${colorScheme}${run}`, async ({ arrive }) => {
    const ada = await arrive("Ada");
    const grace = await arrive("Grace");
    const { page } = ada;
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openByHandle(page, grace.handle);
    await say(
      page,
      "A message with https://example.com/a/very/long/address/that/has/to/break/somewhere in it",
    );
    await expect(message(page, "A message")).toBeVisible();

    for (const size of PLACES)
      for (const path of ["/chat", `/chat/${grace.handle}`, "/chat/nobody-has-this-one", "/settings"]) {
        await page.setViewportSize(size);
        await page.goto(path);
        await expect(page.getByRole("heading").first()).toBeVisible();
        await expectNoBarriers(page);
        expect(await overflow(page), `${path} at ${size.width}`).toBe(0);
      }
  });

test("the pages before signing in are free of barriers and fit", async ({ page }) => {
  for (const size of PLACES)
    for (const path of ["/", "/sign-in"]) {
      await page.setViewportSize(size);
      await page.goto(path);
      await expect(page.getByRole("heading").first()).toBeVisible();
      await expectNoBarriers(page);
      expect(await overflow(page), `${path} at ${size.width}`).toBe(0);
    }
});

test("a conversation is begun, held and left with the keyboard alone", async ({ arrive }) => {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  const { page } = ada;

  await page.getByRole("button", { name: "New conversation" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByRole("textbox", { name: "Handle" })).toBeFocused();
  await page.keyboard.type(grace.handle);
  await page.keyboard.press("Enter");
  await expect(composer(page)).toBeFocused();
  await page.keyboard.type("no mouse");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("was used");
  await page.keyboard.press("Enter");
  await expect(message(page, "no mouse")).toContainText("was used");
  await expect(composer(page)).toHaveValue("");
});
