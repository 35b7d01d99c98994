// A message is read when half of it was on the screen for half a second, while the page had the focus.

import type { Page } from "@playwright/test";
import { at, expect, messages, openByHandle, test, type Talker } from "./people";
import { numbered, prolific } from "./prolific";
import { withUnfocusedBrowser } from "./unfocused-browser";

const TALL = 40;
/** Taller than half of the window. Short lines make a message equally tall on every screen. */
const tall = (number: number) => [`message ${number}.`, ...Array<string>(15).fill("a line")].join("\n");

const log = (page: Page) => page.getByRole("log");
const rowOf = (page: Page, name: string) => page.getByRole("link", { name: new RegExp(name) });

/** Ada has written forty tall messages to Grace, who sees them unread in her list. */
async function fortyUnread(ada: Talker, grace: Talker) {
  const writer = await prolific(ada, grace);
  await writer.write(numbered(TALL, tall));
  writer.close();
  await expect(rowOf(grace.page, "Ada")).toContainText(`${TALL} unread`);
  await openByHandle(ada.page, grace.handle);
  await expect(messages(ada.page).last()).toContainText(`message ${TALL}.`);
}

/** The number of the last message with at least half of its height, or half of the window, in sight. */
const lastInSight = (page: Page) =>
  log(page).evaluate((list) => {
    const { top, bottom } = list.getBoundingClientRect();
    const inSight = [...list.querySelectorAll("article")].filter((article) => {
      const box = article.getBoundingClientRect();
      const shown = Math.min(box.bottom, bottom) - Math.max(box.top, top);
      return shown >= Math.min(box.height, bottom - top) / 2;
    });
    return Number(/message (\d+)\./.exec(inSight.at(-1)?.textContent ?? "")?.[1] ?? 0);
  });

/** The number of the last message with the sender's tick "Read", or 0. Goes through the list from the top. */
async function lastRead(sender: Page): Promise<number> {
  // Older messages may still be on their way: Home goes to the first that is there.
  await expect(async () => {
    await log(sender).focus();
    await sender.keyboard.press("Home");
    await expect(messages(sender).first()).toContainText("message 1.", { timeout: 1_000 });
    await expect(messages(sender).first()).toBeFocused({ timeout: 1_000 });
  }).toPass();
  for (let last = 0; last < TALL; last++) {
    const next = messages(sender).filter({ hasText: `message ${last + 1}.` });
    await expect(next.getByRole("img", { name: /Delivered|Read/ })).toBeVisible();
    if (await next.getByRole("img", { name: "Delivered" }).isVisible()) return last;
    await sender.keyboard.press("ArrowDown");
  }
  return TALL;
}

test("of forty tall messages that are open for three seconds, those on the screen are read", async ({
  arrive,
}) => {
  const [ada, grace] = [await arrive("Ada"), await arrive("Grace")];
  await fortyUnread(ada, grace);

  await rowOf(grace.page, "Ada").click();
  await expect(messages(grace.page).first()).toBeVisible();
  await grace.page.waitForTimeout(3_000);

  const seen = await lastInSight(grace.page);
  expect(seen).toBeLessThan(4);
  await expect(rowOf(grace.page, "Ada")).toContainText(`${TALL - seen} unread`);
  await expect.poll(() => lastRead(ada.page)).toBe(seen);
});

test("a window without the focus reads nothing before it has the focus", async ({ arrive }) => {
  const [ada, grace] = [await arrive("Ada"), await arrive("Grace")];
  await fortyUnread(ada, grace);
  const { origins } = await grace.page.context().storageState();
  await grace.page.close();
  await withUnfocusedBrowser(async (page) => {
    // A click on "Sign in" would give the page the focus.
    await page.addInitScript(
      (items) => items.forEach(({ name, value }) => localStorage.setItem(name, value)),
      origins.flatMap(({ localStorage }) => localStorage),
    );
    await page.goto(`${at.appAddress}/chat/${ada.handle}`);
    await expect(messages(page).first()).toBeVisible();
    await page.waitForTimeout(2_000);

    const state = () => page.evaluate(() => [document.hasFocus(), document.visibilityState]);
    expect(await state()).toEqual([false, "visible"]);
    expect(await lastRead(ada.page)).toBe(0);
    await expect(rowOf(page, "Ada")).toContainText(`${TALL} unread`);

    await page.bringToFront();
    await expect(rowOf(page, "Ada")).not.toContainText(`${TALL} unread`);
    const seen = await lastInSight(page);
    await expect.poll(() => lastRead(ada.page)).toBe(seen);
  });
});

test("what flies by under a flick of the wheel is not read", async ({ arrive }) => {
  const [ada, grace] = [await arrive("Ada"), await arrive("Grace")];
  await fortyUnread(ada, grace);
  await rowOf(grace.page, "Ada").click();
  await expect(rowOf(grace.page, "Ada")).not.toContainText(`${TALL} unread`);
  const before = await lastInSight(grace.page);

  await log(grace.page).hover();
  const flicks = 10;
  for (let flick = 0; flick < flicks; flick++) {
    await grace.page.mouse.wheel(0, 4_000);
    await grace.page.waitForTimeout(400 / flicks);
  }
  await expect(messages(grace.page).last()).toContainText(`message ${TALL}.`);
  await grace.page.waitForTimeout(2_000);

  expect(await lastRead(ada.page)).toBe(before);
  await expect(rowOf(grace.page, "Ada")).toContainText(`${TALL - before} unread`);
});
