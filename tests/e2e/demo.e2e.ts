import type { FrameLocator } from "@playwright/test";
import { TEST_SYSTEM } from "../fixtures/system";
import { expect, test } from "./people";

const say = async (seat: FrameLocator, text: string) => {
  await seat.getByRole("textbox", { name: "Message" }).fill(text);
  await seat.getByRole("textbox", { name: "Message" }).press("Enter");
};

test("the demo seats Ada and Grace side by side, each signed in for real, and they talk", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1400, height: 900 });
  await page.goto(`${TEST_SYSTEM.cloudAddress}/demo`);
  const ada = page.frameLocator('iframe[title*="Ada"]');
  const grace = page.frameLocator('iframe[title*="Grace"]');

  const text = `hello from the first seat ${Date.now()}`;
  await expect(ada.getByRole("heading", { name: "Grace" })).toBeVisible();
  await expect(grace.getByRole("heading", { name: "Ada" })).toBeVisible();
  await say(ada, text);
  await expect(grace.getByRole("article").filter({ hasText: text })).toBeVisible();
  await expect(
    ada
      .getByRole("article")
      .filter({ hasText: text })
      .getByRole("img", { name: /Delivered|Read/ }),
  ).toBeVisible();
});

test("nothing of the demo is in the app: its addresses are not there", async ({ page }) => {
  for (const path of ["/demo", "/__seat/sign-in"]) {
    const response = await page.goto(path);
    expect(response?.status()).toBe(404);
  }
});
