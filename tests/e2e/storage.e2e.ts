// A browser that stores nothing, has no room left, or takes away what it had: said in words, and it goes on.

import type { Page } from "@playwright/test";
import { expectNoBarriers } from "./barriers";
import { at, composer, expect, message, openByHandle, say, test, tick, type Talker } from "./people";

/** The client asks a store that refused again after half a minute. */
const ASKED_AGAIN = { timeout: 90_000 };

async function together(arrive: (name: string) => Promise<Talker>) {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  await openByHandle(ada.page, grace.handle);
  await say(ada.page, "before");
  await grace.page.getByRole("link", { name: /Ada/ }).click();
  await expect(tick(ada.page, "before", "Read")).toBeVisible();
  return { ada: ada.page, grace: grace.page };
}

const list = (page: Page) => page.getByRole("navigation", { name: "Conversations" });

/** What the log on this device holds, as text. */
const storedLog = (page: Page) =>
  page.evaluate(async () => {
    const promised = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error("unable to read a database"));
      });
    const [found] = await indexedDB.databases();
    if (!found?.name) return "";
    const database = await promised(indexedDB.open(found.name));
    const log = database.objectStoreNames.contains("entries")
      ? await promised(database.transaction("entries").objectStore("entries").getAll())
      : [];
    database.close();
    return JSON.stringify(log);
  });

test("where the browser refuses to store, it says so, works, and asks before what waits is lost", async ({
  arrive,
}) => {
  const { ada, grace } = await together(arrive);
  await ada.context().addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("denied", "SecurityError");
    };
  });
  await ada.reload();

  await expect(list(ada).getByText(/This browser does not let Parley keep messages/)).toBeVisible();
  await expectNoBarriers(ada);
  await expect(message(ada, "before")).toBeVisible();
  await say(ada, "kept by nobody");
  await expect(tick(ada, "kept by nobody", "Read")).toBeVisible();
  await say(grace, "I have it");
  await expect(message(ada, "I have it")).toBeVisible();

  await test.step("on a phone it is said in the conversation, until it is read", async () => {
    await ada.setViewportSize({ width: 390, height: 844 });
    const notice = ada
      .locator("main")
      .getByRole("status")
      .getByText(/does not let Parley keep/)
      .last();
    await expect(notice).toBeVisible();
    await expectNoBarriers(ada);
    await ada.getByRole("button", { name: "Close" }).click();
    await expect(notice).toBeHidden();
  });

  await test.step("what waits is not let go of without a question", async () => {
    await ada.context().setOffline(true);
    await expect(ada.getByText("What you write goes out later, if you leave this tab open.")).toBeVisible();
    await say(ada, "in memory only");
    await expect(tick(ada, "in memory only", "Waiting to be sent")).toBeVisible();
    const question = ada.waitForEvent("dialog");
    const closing = ada.close({ runBeforeUnload: true });
    const asked = await question;
    expect(asked.type()).toBe("beforeunload");
    await asked.dismiss();
    await closing;
    await ada.context().setOffline(false);
    await expect(tick(ada, "in memory only", "Read")).toBeVisible(ASKED_AGAIN);
  });
});

test("where there is no room left, it says so, goes on, and keeps everything once there is @long", async ({
  arrive,
}) => {
  test.slow();
  const { ada, grace } = await together(arrive);
  const devtools = await ada.context().newCDPSession(ada);
  const origin = new URL(at.appAddress).origin;

  await devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  // The browser believes in the room that it has seen last for up to half a minute.
  await expect(async () => {
    await say(ada, "one more");
    await expect(list(ada).getByText(/There is no room left on this device/)).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 120_000 });
  await say(ada, "written into a full store");
  await say(grace, "answered");
  await expect(tick(ada, "written into a full store", "Read")).toBeVisible();
  await expect(message(ada, "answered")).toBeVisible();

  await devtools.send("Storage.overrideQuotaForOrigin", { origin });
  await expect(list(ada).getByText(/There is no room left/)).toHaveCount(0, ASKED_AGAIN);
  const log = await storedLog(ada);
  for (const text of ["before", "written into a full store", "answered"]) expect(log).toContain(text);
});

test("what is not on the disk yet when the page is loaded again is still in the composer", async ({
  arrive,
}) => {
  const { ada } = await together(arrive);
  await ada.evaluate(async () => {
    const [found] = await indexedDB.databases();
    const opening = indexedDB.open(found?.name ?? "");
    await new Promise((resolve) => (opening.onsuccess = resolve));
    // A transaction lasts while it is asked something, and whoever else would write waits for its end.
    const outbox = opening.result.transaction("outbox", "readwrite").objectStore("outbox");
    const hold = () => void (outbox.count().onsuccess = hold);
    hold();
  });
  await say(ada, "not on the disk");
  await expect(tick(ada, "not on the disk", "Waiting to be sent")).toBeVisible();
  await expect(composer(ada)).toHaveValue("");

  await ada.reload();
  await expect(composer(ada)).toHaveValue("not on the disk");
  await composer(ada).press("Enter");
  await expect(tick(ada, "not on the disk", "Read")).toBeVisible();
  await expect(message(ada, "not on the disk")).toHaveCount(1);
  await ada.reload();
  await expect(message(ada, "not on the disk")).toBeVisible();
  await expect(composer(ada)).toHaveValue("");
});

test("what the browser takes away is stored again while the page has it @long", async ({ arrive }) => {
  test.slow();
  const { ada } = await together(arrive);
  await expect(async () => expect(await storedLog(ada)).toContain("before")).toPass();
  const devtools = await ada.context().newCDPSession(ada);

  await devtools.send("Storage.clearDataForOrigin", {
    origin: new URL(at.appAddress).origin,
    storageTypes: "indexeddb",
  });
  await expect(list(ada).getByText(/The browser has removed what Parley kept/)).toBeVisible();
  await say(ada, "after");
  await expect(tick(ada, "after", "Read")).toBeVisible();

  await expect(list(ada).getByText(/The browser has removed what Parley kept/)).toHaveCount(0, ASKED_AGAIN);
  const log = await storedLog(ada);
  for (const text of ["before", "after"]) expect(log).toContain(text);
});

test("where not even who is signed in may be stored, it says what to do", async ({ arrive }) => {
  const { page } = await arrive("Ada");
  await page.context().addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await page.goto("/chat");

  await expect(page.getByRole("heading", { name: "This browser keeps nothing for this site" })).toBeVisible();
  await expect(page.getByText("Allow them for this site, then try again.")).toBeVisible();
  await expectNoBarriers(page);
});
