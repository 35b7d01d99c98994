// Small things that a person sees in the first minute.

import type { Locator, Page } from "@playwright/test";
import { composer, expect, message, openByHandle, say, test, tick, type Talker } from "./people";

async function together(arrive: (name: string) => Promise<Talker>) {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  await openByHandle(ada.page, grace.handle);
  await expect(composer(ada.page)).toBeVisible();
  return { ada: ada.page, grace: grace.page };
}

const ringOf = (element: Locator) =>
  element.evaluate((each) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle === "none" ? "none" : `${outlineStyle} ${outlineWidth}`;
  });

const colourOf = (element: Locator) => element.evaluate((each) => getComputedStyle(each).backgroundColor);

/** The fonts that Chromium drew the element's own text with. */
async function fontsOf(page: Page, selector: string): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send("DOM.enable");
  await session.send("CSS.enable");
  const { root } = await session.send("DOM.getDocument");
  const { nodeId } = await session.send("DOM.querySelector", { nodeId: root.nodeId, selector });
  const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId });
  await session.detach();
  return fonts.map(({ familyName }) => familyName);
}

test("the keyboard's place is seen in a menu and among the quick reactions, and a heading has no ring", async ({
  arrive,
}) => {
  const { ada } = await together(arrive);
  expect(await ringOf(ada.getByRole("heading", { name: "Grace" }))).toBe("none");
  await say(ada, "hello");
  await expect(tick(ada, "hello", "Delivered")).toBeVisible();
  await ada.getByRole("log").focus();
  await ada.keyboard.press("ArrowUp");
  await expect(message(ada, "hello")).toBeFocused();
  await ada.keyboard.press("Enter");

  const first = ada.getByRole("menuitemradio", { name: "Thumbs up" });
  await expect(first).toBeFocused();
  await ada.keyboard.press("ArrowRight");
  await expect(ada.getByRole("menuitemradio", { name: "Heart" })).toBeFocused();
  expect(await ringOf(ada.getByRole("menuitemradio", { name: "Heart" }))).toBe("solid 2px");
  await ada.keyboard.press("ArrowDown");
  const item = ada.getByRole("menuitem").first();
  await expect(item).toBeFocused();
  expect(await ringOf(item)).toBe("solid 2px");
});

test("one font draws every emoji, and the text font draws digits", async ({ arrive }) => {
  const { ada } = await together(arrive);
  const fontsFor = async (text: string) => {
    await say(ada, text);
    await expect(message(ada, text)).toBeVisible();
    await message(ada, text)
      .getByText(text)
      .evaluate((element) => (element.dataset["drawn"] = ""));
    const fonts = await fontsOf(ada, "[data-drawn]");
    await ada.evaluate(() => document.querySelector("[data-drawn]")?.removeAttribute("data-drawn"));
    return fonts.filter((font) => !/figtree/i.test(font));
  };
  await ada.evaluate(() => document.fonts.ready);

  // Chromium draws a heart with a variation selector by the device's emoji font, whatever the style sheet says.
  const emojiFonts = await fontsFor("❤️ heart");
  expect(await fontsFor("😂😮😢 faces")).toEqual(emojiFonts);
  expect(await fontsFor("at 10:30 #1")).toEqual([]);
});

test("Send looks ready when there is something to send, and a conversation asks for a hello once", async ({
  arrive,
}) => {
  const { ada, grace } = await together(arrive);
  const send = ada.getByRole("button", { name: "Send" });
  const invitation = ada.getByText("Say hello.");
  await expect(invitation).toBeVisible();
  const empty = await colourOf(send);

  await composer(ada).fill("hello");
  await expect.poll(() => colourOf(send)).not.toBe(empty);
  await composer(ada).fill("  ");
  await expect.poll(() => colourOf(send)).toBe(empty);

  await say(ada, "hello");
  await grace.getByRole("link", { name: /Ada/ }).click();
  await expect(tick(ada, "hello", "Read")).toBeVisible();
  await expect(invitation).toHaveCount(0);
  await expect(ada.getByText("This is where your conversation begins.")).toBeVisible();
});

test("without a line, the header goes on saying when the other was last seen", async ({ arrive }) => {
  const { ada, grace } = await together(arrive);
  const header = ada.getByRole("region", { name: "Conversation with Grace" });
  await expect(header.getByText("online", { exact: true })).toBeVisible();

  await test.step("the other was there when the line was lost", async () => {
    await ada.context().setOffline(true);
    await expect(ada.getByText(/You are offline/).first()).toBeVisible();
    await expect(header.getByText(/^last seen /)).toBeVisible();
    await ada.context().setOffline(false);
    await expect(header.getByText("online", { exact: true })).toBeVisible();
  });

  await test.step("the other had left", async () => {
    await grace.context().close();
    await expect(header.getByText(/^last seen /)).toBeVisible();
    await ada.context().setOffline(true);
    await expect(ada.getByText(/You are offline/).first()).toBeVisible();
    await expect(header.getByText(/^last seen /)).toBeVisible();
  });
});
