import { composer, expect, message, openByHandle, say, test } from "./people";

/** Less than the twelve seconds after which the dots end by themselves. */
const SOON = { timeout: 6_000 };

test("the dots of somebody who types end when they stop", async ({ arrive }) => {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  await openByHandle(ada.page, grace.handle);
  await say(ada.page, "Are you there?");
  await grace.page.getByRole("link", { name: /Ada/ }).click();
  await expect(message(grace.page, "Are you there?")).toBeVisible();
  await expect(ada.page.getByText("online", { exact: true })).toBeVisible();
  const dots = ada.page.getByRole("log").getByRole("img", { name: "Grace is typing" });

  await test.step("when the composer is cleared", async () => {
    await composer(grace.page).pressSequentially("Yes, b");
    await expect(dots).toBeVisible();
    await composer(grace.page).fill("");
    await expect(dots).toBeHidden(SOON);
  });

  await test.step("when the conversation is left", async () => {
    await composer(grace.page).pressSequentially("Yes");
    await expect(dots).toBeVisible();
    await composer(grace.page).press("Escape");
    await expect(grace.page).toHaveURL(/\/chat$/);
    await expect(dots).toBeHidden(SOON);
  });

  await test.step("when the tab is closed", async () => {
    await grace.page.getByRole("link", { name: /Ada/ }).click();
    await composer(grace.page).press("End");
    await composer(grace.page).pressSequentially(", I");
    await expect(dots).toBeVisible();
    await grace.page.close();
    await expect(dots).toBeHidden(SOON);
  });
});
