"use client";

// The one place that knows the browser's real adapters. It finds out who is signed in on this device, makes
// their client, and hands it to the screens below.

import { useEffect, useState, type ReactNode } from "react";
import { createChatClient } from "../../core/client/chat-client";
import { whyOf } from "../../core/client/store-failure";
import type { UserId } from "../../core/domain/ids";
import { VERSION } from "../../core/protocol/version";
import { createAppVersion } from "../browser/app-version";
import { browserSockets } from "../browser/browser-sockets";
import { browserSurroundings } from "../browser/browser-surroundings";
import { browserTimers } from "../browser/browser-timers";
import { browserNeighbours, tabTools } from "../browser/browser-neighbours";
import { createCognitoTokens, storedUser } from "../browser/cognito-tokens";
import { createDrafts } from "../browser/drafts";
import { databaseName } from "../browser/indexeddb-schema";
import { createIndexedDbStore } from "../browser/indexeddb-store";
import { askingToKeep } from "../browser/keep-storage";
import { readOutputs, type Outputs } from "../browser/outputs";
import { randomId } from "../browser/random-ids";
import { watchSession } from "../browser/session-watch";
import { signOutOf } from "../browser/sign-out";
import { signInPath } from "../auth/next-path";
import { ChatContext, type Chat } from "./chat-context";
import { ChatSkeleton } from "./chat-skeleton";
import { NothingStored } from "./plates";
import { LIST_PATH } from "./screens";

/** next.config.js gives both. */
const BUILD = process.env["PARLEY_BUILD_NAME"] ?? "";
const HAS_WORKER = process.env["PARLEY_OFFLINE"] === "on";

export function ChatProvider({ children }: { readonly children: ReactNode }) {
  const [chat, setChat] = useState<Chat>();
  const [broken, setBroken] = useState<unknown>();

  useEffect(() => {
    try {
      const outputs = readOutputs();
      const user = storedUser(outputs);
      if (!user) return leaveTo(signInPath(window.location.pathname));
      const made = createChat(outputs, user);
      setChat(made);
      // It opens the store and the socket; what fails there is told by the client's own views.
      made.client.start().catch(setBroken);
      const stopWatching = watchSession(outputs, user, (now) => leaveTo(now ? LIST_PATH : "/sign-in"));
      const stopVersion = made.version.start();
      return () => {
        stopVersion();
        stopWatching();
        made.client.stop();
      };
    } catch (error) {
      setBroken(error);
    }
  }, []);

  if (broken instanceof DOMException && broken.name === "SecurityError") return <NothingStored />;

  // To the error screen, which is the nearest boundary above.
  if (broken) throw broken instanceof Error ? broken : new Error("unable to start", { cause: broken });
  return chat ? <ChatContext value={chat}>{children}</ChatContext> : <ChatSkeleton />;
}

function createChat(outputs: Outputs, user: UserId): Chat {
  const drafts = createDrafts(user);
  const client = createChatClient({
    sockets: browserSockets,
    neighbours: browserNeighbours(`${databaseName(user)}.${BUILD}`, tabTools()),
    tokens: createCognitoTokens(outputs, user),
    store: askingToKeep(createIndexedDbStore(databaseName(user), browserSurroundings)),
    surroundings: browserSurroundings,
    timers: browserTimers,
    random: Math.random,
    ids: randomId,
    socketUrl: outputs.socketUrl,
  });
  return {
    client,
    user,
    drafts,
    version: createAppVersion({
      own: { build: BUILD, protocol: VERSION },
      workers: HAS_WORKER ? browserWorkers() : undefined,
      reload: () => window.location.reload(),
      storage: () => sessionStorage,
    }),
    signOut: async ({ evenIfNotWiped = false } = {}) => {
      // A store that the browser forbids was never written.
      const isWiped = await client.wipe().then(
        () => true,
        (reason: unknown) => whyOf(reason) === "refused",
      );
      if (!isWiped && !evenIfNotWiped) return "not wiped";
      drafts.wipe();
      await signOutOf(outputs);
      leaveTo("/");
      return "left";
    },
  };
}

/** Missing where the page is opened without https, and in some private windows. */
const browserWorkers = () => (navigator as { readonly serviceWorker?: ServiceWorkerContainer }).serviceWorker;

/** A whole new page, so that nothing of the person stays in memory. */
const leaveTo = (path: string): void => window.location.replace(path);
