import { readAnnouncement } from "../../local/announcement";
import { Control } from "../chaos/system/control";
import { TEST_SYSTEM } from "../fixtures/system";
import { expect, message, messages, openByHandle, say, test, tick } from "./people";

const announced = () => readAnnouncement(TEST_SYSTEM.announcementFile);
const control = new Control(() => ({
  address: TEST_SYSTEM.cloudAddress,
  token: announced()?.controlToken ?? "",
}));

test("the cloud is killed with -9 in mid-conversation, comes back, and nothing is lost or doubled", async ({
  arrive,
}) => {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  await openByHandle(ada.page, grace.handle);
  await say(ada.page, "one");
  await grace.page.getByRole("link", { name: /Ada/ }).click();
  await say(grace.page, "two");
  await expect(message(ada.page, "two")).toBeVisible();

  // The cloud may be back before anybody has written two lines: who is told so is told at once, and for a moment.
  const told = ada.page.waitForFunction(() =>
    [...document.querySelectorAll("[role=status]")].some(({ textContent }) =>
      /No connection|Reconnecting/.test(textContent),
    ),
  );
  const killed = announced()?.pid;
  await say(ada.page, "three, just before");
  await control.kill("cloud");
  await say(ada.page, "four, into the dark");
  await say(grace.page, "five, from the other side");
  await told;

  const all = ["one", "two", "three, just before", "four, into the dark", "five, from the other side"];
  for (const { page } of [ada, grace]) {
    // The page may be in the middle of a wait between two tries; a person would press this.
    const now = page.getByRole("button", { name: "Try now" });
    await expect(async () => {
      if (await now.isVisible()) await now.click({ timeout: 1_000 }).catch(() => undefined);
      expect(await messages(page).count()).toBe(all.length);
      await expect(page.getByRole("img", { name: "Waiting to be sent" })).toHaveCount(0, { timeout: 1_000 });
    }).toPass({ timeout: 120_000 });
  }
  await expect(tick(ada.page, "four, into the dark", "Read")).toBeVisible();
  const shown = async (page: typeof ada.page) =>
    (await messages(page).allInnerTexts()).map((text) => all.find((one) => text.includes(one)));
  expect(await shown(ada.page)).toEqual(await shown(grace.page));
  expect(new Set(await shown(ada.page)).size).toBe(all.length);
  expect(killed).toBeDefined();
  expect(announced()?.pid).not.toBe(killed);
});
