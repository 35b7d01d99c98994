// Stories with new people: a broken line, hundreds of unread messages, a private window.

import { randomBytes } from "node:crypto";
import * as v from "valibot";
import { startBreakableProxy } from "./breakable-proxy";
import { message, opensByHandle, says, socketOf, tick, messagesOn } from "./people";
import type { Person } from "./people";
import type { Frame, RawSocket } from "../fixtures/raw-socket";
import type { Story } from "./scene";
import { by } from "./screen";
import { VERSION } from "../../core/protocol/version";
import { SEND_ENTRIES } from "../../core/domain/limits";

export const cutLine: Story = {
  title: "a line that breaks and comes back",
  play: async ({ arrive }) => {
    const proxy = await startBreakableProxy();
    try {
      const ada = await arrive("Ada", { proxy: proxy.address });
      const grace = await arrive("Grace");
      await opensByHandle(ada, grace.handle);
      await says(ada.screen, "first");
      await grace.screen.clicks(by("link", /Ada/));
      await ada.screen.sees(tick("first", "Read"));

      proxy.break();
      await says(ada.screen, "written in a tunnel");
      await ada.screen.sees(tick("written in a tunnel", "Waiting to be sent"));
      await says(grace.screen, "meanwhile");

      proxy.mend();
      await ada.screen.sees(message("meanwhile"), 60_000);
      await ada.screen.sees(tick("written in a tunnel", "Read"));
      await grace.screen.sees(tick("meanwhile", "Read"));
      for (const { screen } of [ada, grace])
        await screen.until("the same order on both", async () =>
          /first.*meanwhile.*written in a tunnel/.test((await messagesOn(screen)).join("|"))
            ? true
            : undefined,
        );
    } finally {
      proxy.close();
    }
  },
};

const MANY = 500;

export const manyUnread: Story = {
  title: "500 unread messages",
  play: async ({ arrive }) => {
    const ada = await arrive("Ada");
    const grace = await arrive("Grace");
    await opensByHandle(ada, grace.handle);
    await says(ada.screen, "read before");
    await grace.screen.clicks(by("link", /Ada/));
    await ada.screen.sees(tick("read before", "Read"));
    await grace.screen.goto(new URL("/settings", await grace.screen.address()).href);
    await grace.screen.sees(by("heading", "Settings"));
    await writesMany(ada, grace);

    await grace.screen.sees(by("link", new RegExp(`Ada.*${MANY} unread`)));
    await grace.screen.clicks(by("link", /Ada/));
    const first = await grace.screen.sees(message("number 1 of"));
    const height = Number(await grace.screen.tab.evaluate("innerHeight"));
    if (first.y < 0 || first.y > height)
      throw new Error(`the first unread message is at ${first.y}, outside of a window of ${height}`);
    await grace.screen.seesText("New messages");
  },
};

/** Another device of Ada's sends the messages as frames: typing them would take an hour. */
async function writesMany(ada: Person, grace: Person): Promise<void> {
  const socket = await socketOf(ada.account.accessToken);
  const device = "engines-writer";
  try {
    await socket.ask({ action: "hello", device, version: VERSION });
    const opened = v.parse(listed, await socket.ask({ action: "open", handle: grace.handle }));
    const [{ conversation }] = opened.rows;
    for (let from = 1; from <= MANY; from += SEND_ENTRIES) {
      const entries = Array.from({ length: SEND_ENTRIES }, (_, index) => ({
        kind: "message",
        id: randomBytes(12).toString("hex"),
        body: { text: `number ${from + index} of ${MANY}` },
      }));
      await sends(socket, { action: "send", conversation, device, after: from, entries });
    }
  } finally {
    socket.close();
  }
}

/** A person's rate is limited; the server says when to go on. */
async function sends(socket: RawSocket, frame: Frame): Promise<void> {
  for (;;) {
    const answer = await socket.ask(frame);
    if ("appended" in answer && answer["type"] !== "refused") return;
    if (answer["code"] !== "slow-down")
      throw new Error(`unable to write; the server said ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, Number(answer["delayMs"] ?? 1_000)));
  }
}

const listed = v.object({ rows: v.tuple([v.object({ conversation: v.string() })]) });

/** Asks the browser whether this page may use IndexedDB. */
const MAY_STORE = `new Promise((resolve) => {
  const opening = indexedDB.open("parley-engines-probe");
  opening.onerror = () => resolve(false);
  opening.onsuccess = () => {
    opening.result.close();
    indexedDB.deleteDatabase("parley-engines-probe").onsuccess = () => resolve(true);
  };
})`;

export const privateWindow: Story = {
  title: "a private window",
  play: async ({ arrive }) => {
    const ada = await arrive("Ada", { isPrivate: true });
    const grace = await arrive("Grace");
    await opensByHandle(ada, grace.handle);
    await says(ada.screen, "from a private window");
    await grace.screen.clicks(by("link", /Ada/));
    await ada.screen.sees(tick("from a private window", "Read"));
    await ada.screen.tab.reload();
    await ada.screen.sees(message("from a private window"));

    const mayStore = (await ada.screen.tab.evaluate(MAY_STORE)) === true;
    await ada.screen.goto(new URL("/settings", await ada.screen.address()).href);
    await ada.screen.seesText(
      mayStore
        ? "Your conversations are kept on this device"
        : "This browser does not let Parley keep messages",
    );
  },
};
