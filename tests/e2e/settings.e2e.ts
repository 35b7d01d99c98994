import { expect, openByHandle, test } from "./people";

test("a person changes name and handle, and is found by the new one", async ({ arrive }) => {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  const handle = `countess-${ada.account.user.slice(0, 8)}`;

  await ada.page.getByRole("link", { name: "Settings" }).click();
  await ada.page.getByRole("textbox", { name: "Name" }).fill("Ada Lovelace");
  await ada.page.getByRole("textbox", { name: "Handle" }).fill(handle);
  await ada.page.getByRole("button", { name: "Save" }).click();
  await expect(ada.page.getByText("Saved.")).toBeVisible();

  await openByHandle(grace.page, handle);
  await expect(grace.page.getByRole("heading", { name: "Ada Lovelace" })).toBeVisible();
});

test("a handle that is taken, or is none, and an empty name are refused with a sentence", async ({
  arrive,
}) => {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  const { page } = grace;
  await page.getByRole("link", { name: "Settings" }).click();

  await page.getByRole("textbox", { name: "Handle" }).fill(ada.handle);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Somebody else has this handle. Choose another one.")).toBeVisible();

  await page.getByRole("textbox", { name: "Handle" }).fill("7up!");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/A handle has 3 to 30 characters/)).toBeVisible();

  await page.getByRole("textbox", { name: "Handle" }).fill(grace.handle);
  await page.getByRole("textbox", { name: "Name" }).fill("  ");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/A name has 1 to/)).toBeVisible();
});
