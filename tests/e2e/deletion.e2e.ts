import type { Page } from "@playwright/test";
import { expect, message, messages, openByHandle, say, test, tick } from "./people";

/** Within the five seconds in which Ada could undo it. */
const AT_ONCE = { timeout: 4_000 };

async function deleteMessage(page: Page, text: string): Promise<void> {
  await message(page, text).hover();
  await message(page, text).getByRole("button", { name: "What to do with this message" }).click();
  await page.getByRole("menuitem", { name: "Delete for everyone" }).click();
  await expect(page.getByRole("button", { name: /Undo/ })).toBeVisible();
}

test("a deletion that was confirmed happens when the page is left or its tab is closed", async ({
  arrive,
}) => {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  await openByHandle(ada.page, grace.handle);
  await say(ada.page, "first");
  await say(ada.page, "second");
  await grace.page.getByRole("link", { name: /Ada/ }).click();
  await expect(message(grace.page, "second")).toBeVisible();
  await expect(tick(ada.page, "second", "Read")).toBeVisible();
  const gone = message(grace.page, "Ada deleted this message.");

  await test.step("another address in the same tab", async () => {
    const address = ada.page.url();
    await deleteMessage(ada.page, "first");
    await ada.page.goto("about:blank");
    await expect(gone).toHaveCount(1, AT_ONCE);
    await ada.page.goto(address);
    await expect(messages(ada.page)).toContainText(["You deleted this message.", "second"]);
  });

  await test.step("the tab is closed", async () => {
    await expect(tick(ada.page, "second", "Read")).toBeVisible();
    await deleteMessage(ada.page, "second");
    await ada.page.close({ runBeforeUnload: true });
    await expect(gone).toHaveCount(2, AT_ONCE);
  });
});
