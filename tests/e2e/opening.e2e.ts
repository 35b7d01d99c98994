// A conversation opens where the person stopped reading, and only the person moves the list.

import type { Page } from "@playwright/test";
import { CHARACTER_CODE_POINTS } from "../../core/domain/limits";
import { expect, message, messages, openByHandle, say, signIn, test, tick, type Talker } from "./people";
import { numbered, prolific } from "./prolific";

const log = (page: Page) => page.getByRole("log");
const line = (page: Page) => page.getByRole("separator", { name: "New messages" });
const rowOf = (page: Page, name: string) => page.getByRole("link", { name: new RegExp(name) });
const plain = (number: number) => `message ${number}.`;

const scrolled = (page: Page) =>
  log(page).evaluate(({ scrollTop, scrollHeight, clientHeight }) => ({
    offset: scrollTop,
    fromEnd: scrollHeight - clientHeight - scrollTop,
  }));

/** The conversation is open at the first unread message, under the line, in the upper part of the list. */
async function expectOpenAt(page: Page, text: string) {
  await expect(line(page)).toBeInViewport({ timeout: 30_000 });
  await expect(message(page, text)).toBeInViewport();
  const [ofLine, ofMessage, ofLog] = await Promise.all([
    line(page).boundingBox(),
    message(page, text).boundingBox(),
    log(page).boundingBox(),
  ]);
  expect((ofMessage?.y ?? 0) - (ofLine?.y ?? 0)).toBeLessThan(60);
  expect((ofLine?.y ?? 0) - (ofLog?.y ?? 0)).toBeLessThan(200);
}

async function pair(arrive: (name: string) => Promise<Talker>) {
  const [ada, grace] = [await arrive("Ada"), await arrive("Grace")];
  return { ada, grace, writer: await prolific(ada, grace) };
}

test("with 500 unread it opens at the first of them, on a device that was here before and on a new one", async ({
  arrive,
  browser,
}) => {
  test.setTimeout(150_000);
  const { ada, grace, writer } = await pair(arrive);
  const address = `/chat/${ada.handle}`;

  await test.step("a device that has read the first three messages", async () => {
    await writer.write(numbered(3, plain));
    await grace.page.goto(address);
    await expect(message(grace.page, plain(3))).toBeVisible();
    await expect(rowOf(grace.page, "Ada")).not.toContainText("unread");
    await grace.page.goto("about:blank");
    await writer.write(numbered(500, plain, 4));
    await grace.page.goto(address);
    await expectOpenAt(grace.page, plain(4));
    await expect(rowOf(grace.page, "Ada")).toContainText(/4\d\d unread/);
  });

  const context = await browser.newContext();
  await test.step("a new device, where the 500 are unread but for those that the other device showed", async () => {
    const page = await context.newPage();
    await signIn(page, grace.account);
    await expect(rowOf(page, "Ada")).toContainText(/4\d\d unread/);
    const firstUnread = async () =>
      504 - Number(/(\d+) unread/.exec((await rowOf(page, "Ada").textContent()) ?? "")?.[1]);
    const first = await firstUnread();
    await page.goto(address);
    await expectOpenAt(page, plain(first));

    await test.step("the line goes once the person has answered", async () => {
      await say(page, "I have seen enough");
      await expect(message(page, "I have seen enough")).toBeInViewport();
      await page.getByRole("button", { name: /unread messages above/ }).click();
      await expect(message(page, plain(await firstUnread()))).toBeInViewport();
      await expect(line(page)).toHaveCount(0);
    });
  });
  await context.close();
  writer.close();
});

test("at the end it follows any rate of messages on a slow device; further up it does not move", async ({
  arrive,
}) => {
  test.setTimeout(120_000);
  const { ada, grace, writer } = await pair(arrive);
  const { page } = grace;
  await writer.write(numbered(30, plain));
  await rowOf(page, "Ada").click();
  await expect(messages(page).first()).toBeVisible();
  await page.getByRole("button", { name: /new message/ }).click();
  await expect(message(page, plain(30))).toBeInViewport();

  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const long = (number: number) => `${plain(number)} ${"word ".repeat(number % 90)}`;
  await writer.write(numbered(200, long, 31), 10);
  await expect(message(page, plain(230))).toBeInViewport();
  expect((await scrolled(page)).fromEnd).toBeLessThan(2);

  await test.step("further up, nothing moves", async () => {
    await log(page).hover();
    await page.mouse.wheel(0, -1_500);
    await expect.poll(async () => (await scrolled(page)).fromEnd).toBeGreaterThan(1_000);
    // The browser scrolls smoothly.
    await expect(async () => {
      const { offset } = await scrolled(page);
      await page.waitForTimeout(300);
      expect((await scrolled(page)).offset).toBe(offset);
    }).toPass();
    const first = await firstInSight(page);
    await writer.write(numbered(60, long, 231), 5);
    await openByHandle(ada.page, grace.handle);
    await say(ada.page, "the last of all");
    await expect(rowOf(page, "Ada")).toContainText("the last of all");
    expect(await firstInSight(page)).toEqual(first);
  });

  await test.step("the way to the newest covers no message", async () => {
    const button = page.getByRole("button", { name: /new messages/ });
    const [ofButton, ofLog] = [await button.boundingBox(), await log(page).boundingBox()];
    expect(ofButton?.y ?? 0).toBeGreaterThanOrEqual((ofLog?.y ?? 0) + (ofLog?.height ?? Infinity));
    await button.click();
    await expect(message(page, "the last of all")).toBeInViewport();
    expect((await scrolled(page)).fromEnd).toBeLessThan(2);
  });
  writer.close();
});

/** The first message that is wholly in sight, and its place on the screen. */
const firstInSight = (page: Page) =>
  log(page).evaluate((list) => {
    const { top } = list.getBoundingClientRect();
    const first = [...list.querySelectorAll("article")].find(
      (article) => article.getBoundingClientRect().top >= top,
    );
    return { text: first?.textContent, top: Math.round(first?.getBoundingClientRect().top ?? 0) };
  });

test("the first opening on a new device shifts the layout by less than 0.05", async ({ arrive, browser }) => {
  const { ada, grace, writer } = await pair(arrive);
  await writer.write(numbered(30, (number) => `${plain(number)} ${"word ".repeat(number * 3)}`));
  for (const viewport of [
    { width: 1280, height: 720 },
    { width: 390, height: 844 },
  ]) {
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    await signIn(page, grace.account);
    await expect(rowOf(page, "Ada")).toBeVisible();
    await page.evaluate(async () => {
      for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name ?? "");
    });
    await page.addInitScript(watchShifts);
    await page.goto(`/chat/${ada.handle}`);
    await expect(messages(page).first()).toBeVisible();
    await page.waitForTimeout(2_000);
    const shifts = await page.evaluate(() => window.parleyShifts ?? []);
    test
      .info()
      .annotations.push({ type: `shifts at ${viewport.width}`, description: JSON.stringify(shifts) });
    expect(shifts.reduce((sum, { value }) => sum + value, 0)).toBeLessThan(0.05);
    await context.close();
  }
  writer.close();
});

type Shift = { readonly value: number; readonly at: number; readonly of: readonly string[] };
declare global {
  interface Window {
    parleyShifts?: Shift[];
  }
}

function watchShifts(): void {
  const shifts: Shift[] = (window.parleyShifts = []);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      // The type of an entry of this kind is not in the compiler's library.
      const { value, startTime, sources } = entry as PerformanceEntry & {
        readonly value: number;
        readonly sources: readonly { readonly node: Node | null }[];
      };
      const of = sources.map(({ node }) =>
        node instanceof Element ? node.className || node.tagName : "text",
      );
      shifts.push({ value, at: Math.round(startTime), of });
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/** A letter with one more mark is refused: core/domain/limits.ts. */
const MARKS = CHARACTER_CODE_POINTS - 1;

test("no letter leaves its bubble, and a long text is folded and keeps its place", async ({ arrive }) => {
  const [ada, grace] = [await arrive("Ada"), await arrive("Grace")];
  const { page } = ada;
  await openByHandle(page, grace.handle);
  for (const text of ["before", "after", "last"]) await say(page, text);
  await expect(tick(page, "last", "Delivered")).toBeVisible();
  const clean = await message(page, "before").screenshot();

  await test.step("letters with as many marks as the server takes cover no other message", async () => {
    // The app's own font stacks these: without clipping, they are drawn upwards, over the message before.
    await say(page, `${`e${"\u0308".repeat(MARKS)}`.repeat(12)} marked`);
    await expect(tick(page, "marked", "Delivered")).toBeVisible();
    expect((await message(page, "before").screenshot()).equals(clean)).toBe(true);
  });

  const text = numbered(60, (number) => `line ${number}`).join("\n");
  await test.step("60 lines are folded to 20, and unfolded in place", async () => {
    await say(page, text);
    const long = message(page, "line 60");
    await expect(long).toBeInViewport();
    const more = long.getByRole("button", { name: "Read more" });
    await expect(more).toBeVisible();
    await expect(tick(page, "line 60", "Delivered")).toBeVisible();
    const folded = await long.boundingBox();
    await more.click();
    await expect(more).toHaveCount(0);
    await page.waitForTimeout(500);
    const unfolded = await long.boundingBox();
    expect(Math.abs((unfolded?.y ?? 0) - (folded?.y ?? 0))).toBeLessThan(2);
    expect(unfolded?.height ?? 0).toBeGreaterThan(2 * (folded?.height ?? Infinity));
    await expect(long).toBeFocused();
  });

  await test.step("it stays unfolded when it comes back into sight", async () => {
    await page.getByRole("button", { name: "Jump to the newest" }).click();
    for (const next of numbered(25, (number) => `reply ${number}`)) await say(page, next);
    // The list keeps the message that had the focus last.
    await message(page, "reply 25").focus();
    await expect(message(page, "line 60")).toHaveCount(0);
    await log(page).hover();
    await page.mouse.wheel(0, -1_500);
    await expect(message(page, "line 60")).toBeVisible();
    await expect(message(page, "line 60").getByRole("button", { name: "Read more" })).toHaveCount(0);
  });
});
