"use client";

// Screens that say that there is nothing, and what to do about it.

import { UNREACHABLE, refusalSentence, type Refused } from "./refusal-sentences";
import { LIST_PATH } from "./screens";
import { arriveAt } from "../browser/arrival";
import { ScreenLink } from "../browser/screen-link";
import { Button } from "../ui/button";
import { Plate } from "../ui/plate";
import buttons from "../ui/button.module.css";
import { StartConversation } from "./start-conversation";
import { useConversations } from "./use-live";
import styles from "./plates.module.css";

export function NoConversation() {
  const { conversations, loaded } = useConversations();
  if (!loaded) return <div className={styles.place} />;
  return (
    <div className={styles.place}>
      <Plate
        headingRef={arriveAt}
        level="h2"
        icon="compose"
        title={conversations.length > 0 ? "Choose a conversation" : "Start your first conversation"}
      >
        <p>
          {conversations.length > 0 ? "Or begin a new one: all" : "All"} you need is the other person’s
          handle.
        </p>
        <div className={styles.form}>
          <StartConversation />
        </div>
      </Plate>
    </div>
  );
}

const backToList = (
  <ScreenLink href={LIST_PATH} className={`${buttons.button} ${buttons.primary}`}>
    All conversations
  </ScreenLink>
);

export function NoSuchPlace() {
  return (
    <div className={styles.place}>
      <Plate headingRef={arriveAt} icon="search" title="There is no such page" actions={backToList}>
        <p>The address is not one of a conversation. It may have been cut off when it was copied.</p>
      </Plate>
    </div>
  );
}

/** Not even who is signed in can be remembered. */
export function NothingStored() {
  return (
    <main className={styles.place}>
      <Plate
        icon="lock"
        title="This browser keeps nothing for this site"
        actions={
          <Button look="primary" onClick={() => window.location.reload()}>
            Try again
          </Button>
        }
      >
        <p>
          Parley cannot remember that you are signed in, because cookies and site data are blocked. Allow them
          for this site, then try again.
        </p>
      </Plate>
    </main>
  );
}

export function CannotOpen({ handle, refused }: { readonly handle: string; readonly refused: Refused }) {
  const [title, words] = toldOf(handle, refused);
  return (
    <div className={styles.place}>
      <Plate
        headingRef={arriveAt}
        icon={refused.code === "unknown-handle" ? "search" : "people"}
        title={title}
        actions={backToList}
      >
        <p>{words}</p>
      </Plate>
    </div>
  );
}

function toldOf(handle: string, refused: Refused): readonly [string, string] {
  if (refused.code === "unknown-handle")
    return [
      `Nobody is called @${handle}`,
      "The handle may be misspelt, or the person has changed it. Ask them for the link to their conversation.",
    ];
  if (refused.code === "yourself")
    return ["This is you", "A conversation takes two. Send this link to others, and they can write to you."];
  return ["This conversation cannot be opened", refusalSentence("open", refused)];
}

export function Unreachable({ onRetry }: { readonly onRetry: () => void }) {
  return (
    <div className={styles.place}>
      <Plate
        headingRef={arriveAt}
        icon="offline"
        title="This conversation is not on this device yet"
        actions={
          <>
            <Button look="primary" onClick={onRetry}>
              Try again
            </Button>
            <ScreenLink href={LIST_PATH} className={`${buttons.button} ${buttons.secondary}`}>
              All conversations
            </ScreenLink>
          </>
        }
      >
        <p>{UNREACHABLE}</p>
      </Plate>
    </div>
  );
}
