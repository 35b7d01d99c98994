import { RawSocket } from "../fixtures/raw-socket";
import { at, composer, expect, message, messages, openByHandle, say, test, tick } from "./people";

test("two people find each other, talk both ways and see how far it got", async ({ arrive }) => {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");

  await test.step("Ada writes to Grace, who is not looking", async () => {
    await openByHandle(ada.page, grace.handle);
    await expect(ada.page.getByRole("heading", { name: "Grace" })).toBeVisible();
    await say(ada.page, "Are you there?");
    await expect(tick(ada.page, "Are you there?", "Delivered")).toBeVisible();
  });

  await test.step("Grace sees one unread conversation, opens it, and Ada sees it read", async () => {
    const row = grace.page.getByRole("link", { name: /Ada/ });
    await expect(row).toContainText("Are you there?");
    await expect(row).toContainText("1 unread");
    await expect(grace.page).toHaveTitle(/1/);
    await row.click();
    await expect(message(grace.page, "Are you there?")).toBeVisible();
    await expect(tick(ada.page, "Are you there?", "Read")).toBeVisible();
    await expect(row).not.toContainText("unread");
  });

  await test.step("Ada sees that Grace is online and typing, then the answer", async () => {
    await expect(ada.page.getByText("online", { exact: true })).toBeVisible();
    await composer(grace.page).pressSequentially("Yes, I am");
    await expect(ada.page.getByText("typing…").first()).toBeVisible();
    await composer(grace.page).press("Enter");
    await expect(message(ada.page, "Yes, I am")).toBeVisible();
    await expect(tick(grace.page, "Yes, I am", "Read")).toBeVisible();
  });

  await test.step("a reload keeps everything, in order", async () => {
    await ada.page.reload();
    await expect(messages(ada.page)).toContainText(["Are you there?", "Yes, I am"]);
    await expect(tick(ada.page, "Are you there?", "Read")).toBeVisible();
  });

  await test.step("Grace leaves, and Ada sees that she was there", async () => {
    await grace.page.close();
    await expect(ada.page.getByText(/last seen/)).toBeVisible();
  });
});

test("one goes offline, both write, and both catch up", async ({ arrive }) => {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  await openByHandle(ada.page, grace.handle);
  await say(ada.page, "first");
  await grace.page.getByRole("link", { name: /Ada/ }).click();
  await expect(message(grace.page, "first")).toBeVisible();

  await ada.page.context().setOffline(true);
  await expect(ada.page.getByText(/You are offline/)).toBeVisible();
  await say(ada.page, "written in a tunnel");
  await say(ada.page, "and another");
  await expect(tick(ada.page, "written in a tunnel", "Waiting to be sent")).toBeVisible();
  await say(grace.page, "meanwhile");
  await expect(message(grace.page, "meanwhile")).toBeVisible();

  await ada.page.context().setOffline(false);
  await expect(message(ada.page, "meanwhile")).toBeVisible();
  await expect(tick(ada.page, "and another", "Read")).toBeVisible();
  const order = ["first", "meanwhile", "written in a tunnel", "and another"];
  await expect(messages(grace.page)).toContainText(order);
  await expect(messages(ada.page)).toContainText(order);
});

test("what is written offline survives a closed tab and goes out once", async ({ arrive }) => {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  await openByHandle(ada.page, grace.handle);
  await say(ada.page, "before");
  await expect(tick(ada.page, "before", "Delivered")).toBeVisible();

  await ada.page.context().setOffline(true);
  await expect(ada.page.getByText(/You are offline/)).toBeVisible();
  await say(ada.page, "kept through a closed tab");
  await expect(tick(ada.page, "kept through a closed tab", "Waiting to be sent")).toBeVisible();
  const address = ada.page.url();
  const context = ada.page.context();
  await ada.page.close();
  await context.setOffline(false);
  const page = await context.newPage();
  await page.goto(address);

  await expect(tick(page, "kept through a closed tab", "Delivered")).toBeVisible();
  await grace.page.getByRole("link", { name: /Ada/ }).click();
  await expect(message(grace.page, "kept through a closed tab")).toHaveCount(1);
});

test("an empty and an over-long message are refused in the composer, and nothing is lost", async ({
  arrive,
}) => {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  await openByHandle(ada.page, grace.handle);

  await say(ada.page, "   ");
  await expect(ada.page.getByText("There is nothing to send yet. Write something first.")).toBeVisible();

  const long = "م".repeat(2_100);
  await composer(ada.page).fill(long);
  await expect(ada.page.getByText("100 characters too long", { exact: true })).toBeVisible();
  await composer(ada.page).press("Enter");
  await expect(ada.page.getByText(/This is 100 characters too long for one message/)).toBeVisible();
  await expect(composer(ada.page)).toHaveValue(long);
  const marked = `Zalgo${"\u0316".repeat(30)}`;
  await say(ada.page, marked);
  await expect(ada.page.getByText("This text has too many marks", { exact: true })).toBeVisible();
  await expect(composer(ada.page)).toHaveValue(marked);
  await expect(messages(ada.page)).toHaveCount(0);
});

test("two thousand Arabic letters are one message, and more are sent as several, in order", async ({
  arrive,
}) => {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  await openByHandle(ada.page, grace.handle);
  await composer(ada.page).fill("م".repeat(1_990));
  await expect(ada.page.getByText("10 characters left", { exact: true })).toBeVisible();
  await composer(ada.page).press("Enter");
  await expect(messages(ada.page)).toHaveCount(1);

  const paragraphs = ["first", "second", "third"].map((word) => `${word} ${"كلمة ".repeat(350).trim()}`);
  await composer(ada.page).fill(paragraphs.join("\n\n"));
  await ada.page.getByRole("button", { name: "Send as 3 messages" }).click();

  await expect(composer(ada.page)).toHaveValue("");
  await grace.page.getByRole("link", { name: /Ada/ }).click();
  // The conversation opens at the first unread message, and the page draws only the messages near the window.
  await expect(messages(grace.page).first()).toBeVisible();
  await grace.page.getByRole("log").press("End");
  await expect(messages(grace.page).last()).toContainText("third");
  // Asked of the server, which has all four.
  const socket = await RawSocket.open(at.socketUrl, ["chat.v1", `jwt.${grace.account.accessToken}`]);
  const conversation = `d.${[ada.account.user, grace.account.user].sort().join(".")}`;
  const { entries } = await socket.ask({ action: "sync", conversation, after: 0 });
  socket.close();
  expect(entries).toMatchObject(["م".repeat(1_990), ...paragraphs].map((text) => ({ body: { text } })));
});
