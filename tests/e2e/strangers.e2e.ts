import { RawSocket } from "../fixtures/raw-socket";
import { at, expect, messages, openByHandle, say, test, tick } from "./people";

test("an unknown handle gets a screen that says so, and a way back", async ({ arrive }) => {
  const { page } = await arrive("Ada");
  await page.goto("/chat/nobody-has-this-one");
  await expect(page.getByRole("heading", { name: "Nobody is called @nobody-has-this-one" })).toBeVisible();
  await page.getByRole("link", { name: "All conversations" }).first().click();
  await expect(page).toHaveURL(/\/chat$/);

  await openByHandle(page, "nobody-has-this-one");
  await expect(page.getByText(/Nobody has this handle/)).toBeVisible();
});

test("one's own handle is no conversation", async ({ arrive }) => {
  const ada = await arrive("Ada");
  await ada.page.goto(`/chat/${ada.handle}`);
  await expect(ada.page.getByRole("heading", { name: "This is you" })).toBeVisible();
});

test("a third person gets nothing of it, by address or by frames of their own", async ({ arrive }) => {
  const ada = await arrive("Ada");
  const grace = await arrive("Grace");
  const mallory = await arrive("Mallory");
  await openByHandle(ada.page, grace.handle);
  await say(ada.page, "for Grace only");
  await expect(tick(ada.page, "for Grace only", "Delivered")).toBeVisible();

  await test.step("by address: only a conversation of Mallory's own with either", async () => {
    for (const handle of [ada.handle, grace.handle]) {
      await mallory.page.goto(`/chat/${handle}`);
      await expect(mallory.page.getByRole("textbox", { name: "Message" })).toBeVisible();
      await expect(messages(mallory.page)).toHaveCount(0);
    }
  });

  await test.step("by frames: the same refusal as for a conversation that is not there", async () => {
    const socket = await RawSocket.open(at.socketUrl, ["chat.v1", `jwt.${mallory.account.accessToken}`]);
    const theirs = `d.${[ada.account.user, grace.account.user].sort().join(".")}`;
    const nowhere = "d.00000000-0000-0000-0000-000000000000.ffffffff-ffff-ffff-ffff-ffffffffffff";
    const entries = [{ kind: "message", id: "mallory-was-here", body: { text: "hello from Mallory" } }];
    for (const conversation of [theirs, nowhere])
      for (const frame of [
        { action: "sync", conversation, after: 0 },
        { action: "send", conversation, device: "mallorys-laptop", after: 0, entries },
        { action: "mark", conversation, delivered: 1, read: 1 },
        { action: "typing", conversation, typing: true },
        { action: "watch", conversation },
      ])
        expect(await socket.ask(frame)).toMatchObject({ type: "refused", code: "unknown-conversation" });
    expect(JSON.stringify(socket.received)).not.toContain("for Grace only");
    socket.close();
  });

  await grace.page.getByRole("link", { name: /Ada/ }).click();
  await expect(messages(grace.page)).toHaveCount(1);
});
