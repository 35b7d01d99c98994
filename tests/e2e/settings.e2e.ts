import type { Page } from "@playwright/test";
import { expect, message, openByHandle, say, signIn, test, tick } from "./people";

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

test("a person who changes their handle is reached by an old bookmark, and no stranger can take it", async ({
  arrive,
}) => {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  const mallory = await arrive("Mallory");
  const hopper = `hopper-${grace.account.user.slice(0, 8)}`;
  const bookmark = `/chat/${grace.handle}`;
  await ada.page.goto(bookmark);
  await say(ada.page, "before the change");
  await expect(tick(ada.page, "before the change", "Delivered")).toBeVisible();

  await test.step("Grace changes her handle", async () => {
    await changeHandle(grace.page, hopper);
    await expect(grace.page.getByText("Saved.")).toBeVisible();
  });

  await test.step("Mallory can neither take the old one nor reach Grace by it", async () => {
    await changeHandle(mallory.page, grace.handle);
    await expect(mallory.page.getByText(/Somebody else has this handle/)).toBeVisible();
    await mallory.page.goto(bookmark);
    await expect(
      mallory.page.getByRole("heading", { name: `Nobody is called @${grace.handle}` }),
    ).toBeVisible();
  });

  await test.step("Ada’s bookmark opens the conversation with Grace, at the new address", async () => {
    // Another device of Ada's, which never stored Grace's old handle.
    const elsewhere = await ada.page.context().browser()?.newContext();
    const page = (await elsewhere?.newPage()) ?? ada.page;
    await signIn(page, ada.account);
    await expect(page.getByRole("navigation", { name: "Conversations" })).toBeVisible();
    await page.goto(bookmark);
    await expect(message(page, "before the change")).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`/chat/${hopper}$`));
    await page.context().close();
  });
});

async function changeHandle(page: Page, handle: string) {
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("textbox", { name: "Handle" }).fill(handle);
  await page.getByRole("button", { name: "Save" }).click();
}

test("a handle that is taken, or is none, and an empty name are refused with a sentence", async ({
  arrive,
}) => {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  const { page } = grace;
  await page.getByRole("link", { name: "Settings" }).click();

  await page.getByRole("textbox", { name: "Handle" }).fill(ada.handle);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(
    page.getByText("Somebody else has this handle, or had it until lately. Choose another one."),
  ).toBeVisible();

  await page.getByRole("textbox", { name: "Handle" }).fill("7up!");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/A handle has 3 to 30 characters/)).toBeVisible();

  await page.getByRole("textbox", { name: "Handle" }).fill(grace.handle);
  await page.getByRole("textbox", { name: "Name" }).fill("  ");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/A name has 1 to/)).toBeVisible();
});
