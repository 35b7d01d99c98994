// The main stories in their order: the stories of one pair first, then the stories of new people.

import { mailedCode, newEmail, newPassword, signUpAndIn } from "../fixtures/account";
import { place } from "../fixtures/place";
import { at, composer, fillsSignIn, message, messagesOn, says, signIn, tick } from "./people";
import type { Story } from "./scene";
import { by, Screen } from "./screen";
import type { Search } from "./find-in-page";
import { cutLine, manyUnread, privateWindow } from "./stories-apart";

const signUp: Story = {
  title: "sign-up with a mailed code",
  play: async ({ profile }) => {
    const screen = new Screen(await (await profile()).tab());
    const [email, password] = [newEmail("Hedy"), newPassword()];
    await screen.goto(at("/"));
    await screen.clicks(by("link", /[Cc]reate|[Ss]ign up/));
    await screen.fills(by("textbox", /^Name/), "Hedy Lamarr");
    await screen.fills(by("textbox", /^E-mail/), email);
    await screen.fills(by("textbox", /^Password$/), password);
    await screen.fills(by("textbox", /^Password again/), password);
    await screen.clicks(by("button", "Create account"));
    await screen.sees(by("textbox", /Code/));
    const code = await screen.until("a mailed code", () => mailedCode(place(), email));
    await screen.fills(by("textbox", /Code/), code);
    await screen.clicks(by("button", "Confirm"));
    await screen.sees(by("navigation", "Conversations"));
  },
};

const invitation: Story = {
  title: "an invitation, opened by a newcomer",
  play: async ({ profile, arrive }) => {
    const ada = await arrive("Ada");
    const newcomer = await signUpAndIn(place(), "Nora");
    const screen = new Screen(await (await profile()).tab());
    await screen.goto(at(`/chat/${ada.handle}`));
    await screen.comesTo(/\/sign-in/);
    await fillsSignIn(screen, newcomer);
    await screen.comesTo(new RegExp(`/chat/${ada.handle}$`));
    await screen.sees(by("heading", "Ada"));
    await says(screen, "you invited me");
    await ada.screen.clicks(by("link", /Nora/));
    await screen.sees(tick("you invited me", "Read"));
  },
};

const bothWays: Story = {
  title: "messages both ways, with ticks",
  play: async ({ pair }) => {
    const { ada, grace } = await pair();
    await says(ada.screen, "are you there?");
    await ada.screen.sees(tick("are you there?", "Read"));
    await says(grace.screen, "yes, I am");
    await grace.screen.sees(tick("yes, I am", "Read"));
    for (const { screen } of [ada, grace]) {
      await screen.until("both in their order", async () => {
        const texts = (await messagesOn(screen)).join("|");
        return /are you there\?.*yes, I am/.test(texts) ? true : undefined;
      });
    }
  },
};

async function opensMenu(screen: Screen, entry: Search): Promise<void> {
  await screen.until("the message's menu", async () => {
    await screen.hovers(entry);
    await screen.clicks(by("button", "What to do with this message", { within: entry }));
    return (await screen.all(by("menu", "Message")))[0];
  });
}

const menuItem = (name: string) => by("menuitem", name, { within: by("menu", "Message") });

const edit: Story = {
  title: "an edit",
  play: async ({ pair }) => {
    const { ada, grace } = await pair();
    await says(ada.screen, "see you at nin");
    await grace.screen.sees(message("see you at nin"));
    await ada.screen.sees(tick("see you at nin", "Read"));
    await opensMenu(ada.screen, message("see you at nin"));
    await ada.screen.clicks(menuItem("Edit"));
    await ada.screen.fills(by("textbox", /^Edit message/), "see you at nine");
    await ada.screen.presses("Enter");
    for (const { screen } of [ada, grace]) {
      await screen.sees(message("see you at nine"));
      await screen.sees(by("button", /edited/, { within: message("see you at nine") }));
    }
  },
};

const remove: Story = {
  title: "a deletion",
  play: async ({ pair }) => {
    const { ada, grace } = await pair();
    await says(ada.screen, "the combination is 4711");
    await grace.screen.sees(message("the combination is 4711"));
    await ada.screen.sees(tick("the combination is 4711", "Read"));
    await opensMenu(ada.screen, message("the combination is 4711"));
    await ada.screen.clicks(menuItem("Delete for everyone"));
    await ada.screen.seesText("You deleted this message.");
    await grace.screen.seesText("Ada deleted this message.");
    for (const { screen } of [ada, grace]) await screen.doesNotSee(message("4711"));
  },
};

const react: Story = {
  title: "a reaction",
  play: async ({ pair }) => {
    const { ada, grace } = await pair();
    await says(grace.screen, "we won!");
    await ada.screen.sees(message("we won!"));
    await opensMenu(ada.screen, message("we won!"));
    await ada.screen.clicks(by("menuitemradio", "Heart", { within: by("menu", "Message") }));
    await grace.screen.sees(by("button", "❤️ Ada", { within: message("we won!") }));
    await ada.screen.clicks(by("button", "❤️ You", { within: message("we won!") }));
    await grace.screen.doesNotSee(by("button", "❤️ Ada", { within: message("we won!") }));
  },
};

const leaveAndReturn: Story = {
  title: "leave, come back by the address and by Back",
  play: async ({ pair }) => {
    const { ada, grace } = await pair();
    const address = await ada.screen.address();
    const elsewhere = new URL("/mail", place().mailAddress ?? place().appAddress).href;

    await ada.screen.goto(elsewhere);
    await ada.screen.goto(address);
    await says(ada.screen, "written after I typed the address");
    await ada.screen.sees(tick("written after I typed the address", "Read"));

    await ada.screen.goto(elsewhere);
    await ada.screen.tab.back();
    await ada.screen.sees(composer);
    await says(ada.screen, "written after Back");
    await ada.screen.sees(tick("written after Back", "Read"));

    await ada.screen.tab.reload();
    for (const text of ["written after I typed the address", "written after Back"]) {
      await ada.screen.sees(message(text));
      await grace.screen.sees(message(text));
    }
  },
};

const twoTabs: Story = {
  title: "two tabs, and the one that leads closes",
  play: async ({ pair }) => {
    const now = await pair();
    const { ada, grace } = now;
    const second = new Screen(await ada.profile.tab());
    await second.goto(await ada.screen.address());
    await second.sees(message("hello"));
    await says(second, "from the second tab");
    await second.sees(tick("from the second tab", "Read"));
    await ada.screen.sees(tick("from the second tab", "Read"));

    await ada.screen.tab.close();
    now.ada = { ...ada, screen: second };
    await says(grace.screen, "still there?");
    await second.sees(message("still there?"));
    await says(second, "the second leads now");
    await second.sees(tick("the second leads now", "Read"));
    await grace.screen.sees(message("the second leads now"));
  },
};

const DATABASES = "indexedDB.databases().then((all) => all.map(({ name }) => name))";

const signOut: Story = {
  title: "sign-out, which leaves nothing",
  play: async ({ pair, endPair }) => {
    const {
      ada: { screen, account },
    } = await pair();
    await screen.goto(at("/settings"));
    await screen.clicks(by("button", "Sign out"));
    await screen.clicks(by("button", /^Sign out/, { within: by("dialog", "Sign out?") }));
    await screen.until("the end of the session", async () =>
      /\/(chat|settings)/.test(await screen.address()) ? undefined : true,
    );
    await screen.until("no databases", async () =>
      JSON.stringify(await screen.tab.evaluate(DATABASES)) === "[]" ? true : undefined,
    );
    await screen.goto(at("/chat"));
    await screen.comesTo(/\/sign-in/);
    await signIn(screen, account);
    await screen.sees(by("link", /Grace/));
    await endPair();
  },
};

export const STORIES: readonly Story[] = [
  bothWays,
  edit,
  remove,
  react,
  leaveAndReturn,
  twoTabs,
  signOut,
  signUp,
  invitation,
  cutLine,
  manyUnread,
  privateWindow,
];
