// Comes last: the new conversation is dated back, and for these seconds the cloud's clock stands a day before. Other
// stories would get codes and tokens that have expired.

import { TEST_SYSTEM } from "../fixtures/system";
import { expect, test } from "./people";

test("the demo begins anew at the press of a button", async ({ page }) => {
  test.slow();
  await page.setViewportSize({ width: 1400, height: 900 });
  await page.goto(`${TEST_SYSTEM.cloudAddress}/demo`);
  const ada = page.frameLocator('iframe[title*="Ada"]');
  const text = `of the first beginning ${Date.now()}`;
  await expect(ada.getByRole("heading", { name: "Grace" })).toBeVisible();
  await ada.getByRole("textbox", { name: "Message" }).fill(text);
  await ada.getByRole("textbox", { name: "Message" }).press("Enter");
  await expect(ada.getByRole("article").filter({ hasText: text })).toBeVisible();

  page.on("dialog", (dialog) => void dialog.accept());
  await page.getByRole("button", { name: "Begin anew" }).click();
  await expect(page.getByRole("button", { name: "Beginning anew…" })).toHaveCount(0, { timeout: 60_000 });
  await expect(ada.getByText("Count me in.")).toBeVisible({ timeout: 40_000 });
  await expect(ada.getByRole("article").filter({ hasText: text })).toHaveCount(0);
  await expect(async () => {
    await ada.getByRole("log").evaluate((log) => (log.scrollTop = 0));
    await expect(ada.getByRole("article").filter({ hasText: "the harbour at six" })).toHaveCount(1, {
      timeout: 2_000,
    });
  }).toPass();
});
