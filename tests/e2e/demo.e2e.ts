import type { FrameLocator } from "@playwright/test";
import { TEST_SYSTEM } from "../fixtures/system";
import { expectNoBarriers } from "./barriers";
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
  // Ada's seat has the focus. The page around both tells Grace's that somebody looks at it, too.
  await expect(
    ada.getByRole("article").filter({ hasText: text }).getByRole("img", { name: "Read", exact: true }),
  ).toBeVisible();
});

test("the demo opens on a conversation that shows what the product can do, and says so above", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1400, height: 900 });
  await page.goto(`${TEST_SYSTEM.cloudAddress}/demo`);
  await expect(page.getByText("an edited message, a deleted one, a reaction")).toBeVisible();
  const ada = page.frameLocator('iframe[title*="Ada"]');
  const said = ada.getByRole("article");

  // The other stories write in the same conversation, so its beginning may have to be looked for.
  const toTheBeginning = () =>
    expect(async () => {
      await ada.getByRole("log").evaluate((log) => (log.scrollTop = 0));
      await expect(said.filter({ hasText: "the harbour at six" })).toBeVisible({ timeout: 2_000 });
    }).toPass();
  await toTheBeginning();
  const meeting = said.filter({ hasText: "on the north side" });
  await expect(meeting.getByRole("button", { name: "edited" })).toBeVisible();
  await expect(meeting.getByRole("button", { name: "❤️ Grace" })).toBeVisible();
  await expect(ada.getByText("You deleted this message.")).toBeVisible();
  await expect(ada.getByText("The code of the gate")).toHaveCount(0);
  await expect(
    said.filter({ hasText: "the harbour at six" }).getByRole("img", { name: "Read", exact: true }),
  ).toBeVisible();
  // "Yesterday" and "Today", or the days before them within the first minutes of a day.
  const days = ada.getByRole("log").locator("p > time");
  await expect(days.first()).not.toHaveText("Today");

  await test.step("opened again, it is still one conversation", async () => {
    await page.reload();
    await toTheBeginning();
    await expect(said.filter({ hasText: "the harbour at six" })).toHaveCount(1);
  });
});

test("a button under a window cuts that person's line: messages wait, and go out when it is restored", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1400, height: 900 });
  await page.goto(`${TEST_SYSTEM.cloudAddress}/demo`);
  const ada = page.frameLocator('iframe[title*="Ada"]');
  const grace = page.frameLocator('iframe[title*="Grace"]');
  await expect(grace.getByRole("heading", { name: "Ada" })).toBeVisible();
  await expect(ada.getByRole("heading", { name: "Grace" })).toBeVisible();

  await page.getByRole("button", { name: "Cut Ada’s line" }).click();
  await expect(page.getByText("Ada has no connection: write something here, and it waits.")).toBeVisible();
  await expect(ada.getByText(/No connection/).first()).toBeVisible();
  const text = `written without a line ${Date.now()}`;
  await say(ada, text);
  const mine = ada.getByRole("article").filter({ hasText: text });
  await expect(mine.getByRole("img", { name: "Waiting to be sent" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "Restore Ada’s line" })).toBeVisible();
  await expect(mine.getByRole("img", { name: "Waiting to be sent" })).toBeVisible();
  await expect(grace.getByRole("article").filter({ hasText: text })).toHaveCount(0);

  await page.getByRole("button", { name: "Restore Ada’s line" }).click();
  await expect(grace.getByRole("article").filter({ hasText: text })).toBeVisible({ timeout: 40_000 });
  await expect(mine.getByRole("img", { name: /Delivered|Read/ })).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const)
  test(`the demo's page is free of barriers and fits, ${colorScheme}`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const size of [
      { width: 390, height: 844 },
      { width: 1280, height: 800 },
    ]) {
      await page.setViewportSize(size);
      await page.goto(`${TEST_SYSTEM.cloudAddress}/demo`);
      await expect(
        page.frameLocator('iframe[title*="Ada"]').getByRole("heading", { name: "Grace" }),
      ).toBeVisible();
      await expectNoBarriers(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
    }
  });

test("nothing of the demo is in the app: its addresses are not there", async ({ page }) => {
  for (const path of ["/demo", "/__seat/sign-in"]) {
    const response = await page.goto(path);
    expect(response?.status()).toBe(404);
  }
});
