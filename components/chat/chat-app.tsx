"use client";

// The screens that a person has once they are signed in. On a wide window the list stays beside the others.

import { usePath } from "../browser/navigate";
import { ConnectionNotice } from "./connection-notice";
import { ConversationRoute } from "./conversation-route";
import { ConversationList } from "./conversation-list";
import { NewVersionNotice } from "./new-version-notice";
import { NoConversation, NoSuchPlace } from "./plates";
import { screenOf, type Screen } from "./screens";
import { SettingsScreen } from "./settings-screen";
import { StorageNotice } from "./storage-notice";
import { useUnsentWarning } from "./use-unsent-warning";
import { useUnreadTitle } from "./use-unread-title";
import styles from "./chat-app.module.css";

export function ChatApp() {
  const path = usePath();
  const screen = screenOf(path);
  useUnreadTitle(screen);
  useUnsentWarning();

  return (
    <main className={styles.app} data-screen={screen.is}>
      <ConversationList open={screen.is === "conversation" ? screen.handle : undefined} />
      <div className={styles.pane}>
        <ScreenOf screen={screen} />
      </div>
      <div className={styles.notice}>
        <ConnectionNotice />
        <NewVersionNotice />
        <div className={styles.storage}>
          <StorageNotice />
        </div>
      </div>
    </main>
  );
}

function ScreenOf({ screen }: { readonly screen: Screen }) {
  switch (screen.is) {
    case "list":
      return <NoConversation />;
    case "conversation":
      return <ConversationRoute key={screen.handle} handle={screen.handle} />;
    case "settings":
      return <SettingsScreen />;
    case "nowhere":
      return <NoSuchPlace />;
    default:
      return screen satisfies never;
  }
}
