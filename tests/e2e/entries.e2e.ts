// What is done to messages that are there already, and to the conversation.

import type { Locator, Page } from "@playwright/test";
import { expectNoBarriers } from "./barriers";
import { composer, expect, message, messages, openByHandle, say, test, tick, type Talker } from "./people";

/** Ada and Grace, both at their conversation. */
async function together(arrive: (name: string) => Promise<Talker>, ...texts: readonly string[]) {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  await openByHandle(ada.page, grace.handle);
  for (const text of texts) await say(ada.page, text);
  await grace.page.getByRole("link", { name: /Ada/ }).click();
  for (const text of texts) await expect(tick(ada.page, text, "Read")).toBeVisible();
  return { ada: ada.page, grace: grace.page };
}

async function menuOf(page: Page, entry: Locator) {
  await entry.hover();
  await entry.getByRole("button", { name: "What to do with this message" }).click();
  return page.getByRole("menu", { name: "Message" });
}

const choose = async (page: Page, entry: Locator, name: string) =>
  (await menuOf(page, entry)).getByRole("menuitem", { name }).click();

/** All that this page's databases hold, as text. */
const stored = (page: Page) =>
  page.evaluate(async () => {
    const promised = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error("unable to read a database"));
      });
    const kept: unknown[] = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await promised(indexedDB.open(name ?? ""));
      for (const store of database.objectStoreNames)
        kept.push(await promised(database.transaction(store).objectStore(store).getAll()));
      database.close();
    }
    return JSON.stringify(kept);
  });

test("an edit shows on both screens, says so, and what was said before can be read", async ({ arrive }) => {
  const { ada, grace } = await together(arrive, "See you at nin");

  await choose(ada, message(ada, "See you at nin"), "Edit");
  const field = ada.getByRole("textbox", { name: "Edit message" });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("See you at nin");
  await field.press("e");
  await field.press("Enter");

  for (const page of [ada, grace]) {
    await expect(message(page, "See you at nine")).toBeVisible();
    await expect(messages(page)).toHaveCount(1);
    await message(page, "See you at nine").getByRole("button", { name: "edited" }).click();
    const history = page.getByRole("dialog", { name: "What this message said" });
    await expect(history.getByRole("listitem")).toHaveCount(2);
    await expect(history.getByRole("listitem")).toContainText([
      /Now.*See you at nine/s,
      /At first.*See you at nin$/s,
    ]);
    await page.keyboard.press("Escape");
    await expect(history).toHaveCount(0);
    await expect(page.getByRole("button", { name: "edited" })).toBeFocused();
  }
  await expect(composer(ada)).toHaveValue("");
});

test("a draft waits while something else is edited", async ({ arrive }) => {
  const { ada } = await together(arrive, "first");
  await composer(ada).fill("half a thought");
  await choose(ada, message(ada, "first"), "Edit");
  await ada.getByRole("textbox", { name: "Edit message" }).fill("second thoughts");
  await ada.keyboard.press("Escape");

  await expect(composer(ada)).toHaveValue("half a thought");
  await expect(message(ada, "first")).toBeVisible();
});

test("a deleted message is gone from both screens and from what both devices store", async ({ arrive }) => {
  const secret = "the combination is marigold";
  const { ada, grace } = await together(arrive, "before", secret);
  for (const page of [ada, grace])
    await expect(async () => expect(await stored(page)).toContain(secret)).toPass();

  await test.step("it can be undone for a few seconds", async () => {
    await choose(ada, message(ada, secret), "Delete for everyone");
    await expect(ada.getByText("You deleted this message.")).toBeVisible();
    await ada.getByRole("button", { name: "Undo" }).click();
    await expect(message(ada, secret)).toBeVisible();
    await expect(message(ada, secret)).toBeFocused();
    await expect(message(grace, secret)).toBeVisible();
  });

  await choose(ada, message(ada, secret), "Delete for everyone");
  await expect(grace.getByText("Ada deleted this message.")).toBeVisible();
  await expect(ada.getByRole("button", { name: "Undo" })).toHaveCount(0);
  for (const page of [ada, grace]) {
    await expect(page.getByText(secret)).toHaveCount(0);
    await expect(async () => expect(await stored(page)).not.toContain("marigold")).toPass();
    expect(await stored(page)).toContain("before");
    await page.reload();
    await expect(page.getByText("deleted this message.")).toBeVisible();
    await expect(message(page, "before")).toBeVisible();
  }
});

test("reactions show on both screens with who, change and go", async ({ arrive }) => {
  const { ada, grace } = await together(arrive, "We won!");
  const reaction = (page: Page, name: string) =>
    message(page, "We won!").getByRole("button", { name, exact: true });

  await (
    await menuOf(grace, message(grace, "We won!"))
  )
    .getByRole("menuitemradio", { name: "Heart" })
    .click();
  await expect(reaction(grace, "❤️ You")).toBeVisible();
  await expect(reaction(ada, "❤️ Grace")).toBeVisible();
  await expect(ada.getByRole("status").getByText("Grace reacted with ❤️")).toBeAttached();

  await reaction(ada, "❤️ Grace").click();
  for (const [page, name] of [
    [ada, "❤️ You and Grace"],
    [grace, "❤️ You and Ada"],
  ] as const)
    await expect(reaction(page, name)).toHaveText(/2/);

  await choose(grace, message(grace, "We won!"), "Another reaction…");
  await grace.getByRole("textbox", { name: "Emoji" }).fill("hurray");
  await grace.keyboard.press("Enter");
  await expect(grace.getByText(/A reaction is one emoji/)).toBeVisible();
  await grace.getByRole("textbox", { name: "Emoji" }).fill("🎉");
  await grace.keyboard.press("Enter");
  await expect(reaction(ada, "🎉 Grace")).toBeVisible();

  await reaction(ada, "❤️ You").click();
  await expect(reaction(grace, "❤️ Ada")).toHaveCount(0);
  await ada.reload();
  await expect(reaction(ada, "🎉 Grace")).toBeVisible();
});

test("blocked, nobody writes; unblocked, both do", async ({ arrive }) => {
  const { ada, grace } = await together(arrive, "hello");

  await ada.getByRole("button", { name: "More", exact: true }).click();
  await ada.getByRole("menuitem", { name: "Block Grace…" }).click();
  await ada.getByRole("dialog").getByRole("button", { name: "Block" }).click();

  await expect(ada.getByText("You have blocked Grace. Neither of you can write here.")).toBeVisible();
  await expect(grace.getByText("This conversation was closed.")).toBeVisible();
  await expect(grace.getByText(/Ada (closed|blocked|opened|unblocked)/)).toHaveCount(0);
  await expect(grace.getByText("You can read it, but not write.")).toBeVisible();
  for (const page of [ada, grace]) await expect(composer(page)).toHaveCount(0);
  await expect(grace.getByText("online", { exact: true })).toHaveCount(0);
  await grace.reload();
  await expect(grace.getByText("You can read it, but not write.")).toBeVisible();
  const offered = await menuOf(grace, message(grace, "hello"));
  await expect(offered.getByRole("menuitem")).toHaveText(["Copy text"]);
  await grace.keyboard.press("Escape");

  await ada.getByRole("button", { name: "Unblock" }).click();
  await expect(composer(ada)).toBeFocused();
  await expect(grace.getByText("This conversation was opened again.")).toBeVisible();
  await say(grace, "thank you");
  await expect(message(ada, "thank you")).toBeVisible();
});

test("everything is done to a message with the keyboard alone", async ({ arrive }) => {
  const { ada, grace } = await together(arrive, "one", "two", "three");
  await composer(ada).focus();

  await test.step("arrow up in the empty composer edits the last one", async () => {
    await ada.keyboard.press("ArrowUp");
    await ada.keyboard.type("!");
    await ada.keyboard.press("Enter");
    await expect(message(grace, "three!")).toBeVisible();
    await expect(composer(ada)).toBeFocused();
  });

  await test.step("the arrows go from message to message", async () => {
    await ada.getByRole("log").focus();
    await ada.keyboard.press("ArrowUp");
    await expect(message(ada, "three!")).toBeFocused();
    await ada.keyboard.press("Home");
    await expect(message(ada, "one")).toBeFocused();
    await ada.keyboard.press("ArrowDown");
    await expect(message(ada, "two")).toBeFocused();
  });

  const menu = ada.getByRole("menu", { name: "Message" });
  await test.step("Escape closes the menu and comes back, and no further", async () => {
    await ada.keyboard.press("Shift+F10");
    await expect(menu).toBeVisible();
    await ada.keyboard.press("Escape");
    await expect(menu).toHaveCount(0);
    await expect(message(ada, "two")).toBeFocused();
  });

  await test.step("Enter opens it; a reaction beside the first, an item below", async () => {
    await ada.keyboard.press("Enter");
    await expect(ada.getByRole("menuitemradio", { name: "Thumbs up" })).toBeFocused();
    await ada.keyboard.press("ArrowRight");
    await ada.keyboard.press("Enter");
    await expect(message(grace, "two").getByRole("button", { name: "❤️ Ada" })).toBeVisible();
    await expect(message(ada, "two")).toBeFocused();
    await ada.keyboard.press("Enter");
    await ada.keyboard.press("ArrowUp");
    await expect(ada.getByRole("menuitem", { name: "Delete for everyone" })).toBeFocused();
    await ada.keyboard.press("Enter");
    await expect(grace.getByText("Ada deleted this message.")).toBeVisible();
  });

  await ada.keyboard.press("Escape");
  await expect(composer(ada)).toBeFocused();
});

test("a finger that stays opens the menu, and a tap shows the button for it", async ({ arrive, browser }) => {
  const { ada } = await together(arrive, "touch me", "and me");
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    storageState: await ada.context().storageState(),
  });
  const phone = await context.newPage();
  await phone.goto(ada.url());

  await message(phone, "and me").tap();
  await message(phone, "and me").getByRole("button", { name: "What to do with this message" }).tap();
  await expect(phone.getByRole("menuitem", { name: "Edit" })).toBeVisible();
  await phone.getByRole("menuitem", { name: "Copy text" }).tap();
  await expect(phone.getByRole("menu")).toHaveCount(0);

  const box = await message(phone, "touch me").getByText("touch me").boundingBox();
  if (!box) throw new Error("unable to touch the message; it is not on the screen");
  const finger = await context.newCDPSession(phone);
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
  await finger.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
  await expect(phone.getByRole("menuitem", { name: "Edit" })).toBeVisible();
  await finger.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await expect(phone.getByRole("menuitem", { name: "Edit" })).toBeVisible();
  await expectNoBarriers(phone);
  await context.close();
});

for (const [colorScheme, run] of [
  ["light", ""],
  ["dark", " @long"],
] as const)
  test(`menus, dialogs and what they leave are free of barriers, ${colorScheme}${run}`, async ({
    arrive,
  }) => {
    test.slow();
    const { ada, grace } = await together(arrive, "one", "two", "three");
    await ada.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await (await menuOf(ada, message(ada, "one"))).getByRole("menuitemradio", { name: "Heart" }).click();
    await choose(ada, message(ada, "two"), "Edit");
    await expectNoBarriers(ada);
    await ada.keyboard.type("!");
    await ada.keyboard.press("Enter");
    await expect(message(grace, "two!")).toBeVisible();
    await choose(ada, message(ada, "three"), "Delete for everyone");
    await expectNoBarriers(ada);

    for (const size of [
      { width: 320, height: 640 },
      { width: 2560, height: 1200 },
    ]) {
      await ada.setViewportSize(size);
      await menuOf(ada, message(ada, "two!"));
      await expectNoBarriers(ada);
      await ada.getByRole("menuitem", { name: "Earlier versions" }).click();
      await expect(ada.getByRole("dialog").getByRole("listitem")).toHaveCount(2);
      await expectNoBarriers(ada);
      await ada.keyboard.press("Escape");
      expect(await ada.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
    }
    await ada.getByRole("button", { name: "More", exact: true }).click();
    await expectNoBarriers(ada);
    await ada.getByRole("menuitem", { name: "Block Grace…" }).click();
    await expectNoBarriers(ada);
    await ada.getByRole("dialog").getByRole("button", { name: "Block" }).click();
    await expect(ada.getByRole("button", { name: "Unblock" })).toBeVisible();
    await expectNoBarriers(ada);
  });
