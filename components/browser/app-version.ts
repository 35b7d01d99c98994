// The page's side of the service worker: registers it, says when a newer build of the app waits, and changes to it.
//
//   a page of build N, whose server refuses its protocol version:
//   1  ask the browser for a newer worker; a new worker fetches its pages past the HTTP cache before it is installed
//   2  activate a worker with a newer protocol, which then answers the next page from its own cache
//   3  reload, once for each build; without a newer worker nothing happens, and the caller asks again later

import type { Live } from "../../core/client/chat-client.types";
import { createView } from "../../core/client/live";
import type { ShellVersion, ToWorker } from "./service-worker/shell";

/** "newer": another build is on this device and takes the place of this one with a reload. */
export type VersionView = { readonly is: "current" | "newer" };

export interface AppVersion {
  readonly view: Live<VersionView>;
  /** Answers with how to stop following. */
  start(): () => void;
  /** The person has asked for it. */
  reload(): Promise<void>;
  /** For a page whose protocol version the server refuses: reloads once there is a build with a newer one. */
  takeNewer(): Promise<"reloading" | "none">;
}

export type AppVersionPorts = {
  readonly own: ShellVersion;
  /** Absent under `next dev`, where the deployment has switched the worker off, and in browsers without one. */
  readonly workers: ServiceWorkerContainer | undefined;
  readonly reload: () => void;
  readonly storage: () => Storage;
};

const SCRIPT = "/sw.js";
/** The builds for which this tab was reloaded without being asked. */
const RELOADED_KEY = "parley.reloaded-for";
/** How long the page waits for a worker to answer, and for a worker to activate. */
const ANSWER_MS = 3_000;
/** A tab that stays open looks for a newer build when somebody comes back to it. */
const LOOK_EVERY_MS = 3_600_000;

export function createAppVersion({ own, workers, reload, storage }: AppVersionPorts): AppVersion {
  let snapshot: VersionView = { is: "current" };
  const view = createView(() => snapshot);
  let registration: ServiceWorkerRegistration | undefined;

  /** A waiting worker of this page's own build has nothing to wait for. */
  async function consider(worker: ServiceWorker): Promise<void> {
    const theirs = await versionOf(worker);
    if (!theirs) return;
    if (theirs.build !== own.build) {
      snapshot = { is: "newer" };
      view.touch();
    } else if (worker.state === "installed") tell(worker, { is: "activate" });
  }

  async function register(signal: AbortSignal): Promise<void> {
    registration = await workers?.register(SCRIPT, { updateViaCache: "none" });
    const follow = (worker: ServiceWorker | null | undefined) =>
      worker?.addEventListener("statechange", () => worker.state === "installed" && void consider(worker), {
        signal,
      });
    registration?.addEventListener("updatefound", () => follow(registration?.installing), { signal });
    follow(registration?.installing);
    if (registration?.waiting) await consider(registration.waiting);
  }

  /** Activates the newest worker there is, if `wanted`, and answers whether a reload brings its pages. */
  async function change(wanted: (theirs: ShellVersion) => boolean): Promise<boolean> {
    const found = await workers?.getRegistration().catch(() => undefined);
    await found?.update().catch(() => {});
    if (found?.installing) await reached(found.installing, "installed");
    const newest = found?.waiting ?? found?.active;
    const theirs = newest && (await versionOf(newest));
    if (!newest || !theirs || !wanted(theirs)) return false;
    tell(newest, { is: "activate" });
    await reached(newest, "activated");
    return true;
  }

  /** False where the tab cannot remember: it would reload again and again. */
  function isFirstReloadFor({ build }: ShellVersion): boolean {
    try {
      const before = storage().getItem(RELOADED_KEY)?.split(" ") ?? [];
      storage().setItem(RELOADED_KEY, [...before, build].join(" "));
      return !before.includes(build);
    } catch {
      return false;
    }
  }

  return {
    view,
    start: () => {
      if (!workers) return () => {};
      const over = new AbortController();
      const { signal } = over;
      let lookedAt = Date.now();
      const onVisible = () => {
        if (document.visibilityState !== "visible" || Date.now() - lookedAt < LOOK_EVERY_MS) return;
        lookedAt = Date.now();
        void registration?.update().catch(() => {});
      };
      document.addEventListener("visibilitychange", onVisible, { signal });
      const onController = () => workers.controller && void consider(workers.controller);
      workers.addEventListener("controllerchange", onController, { signal });
      // A browser that refuses service workers has an app that needs the network to open.
      const begin = () => void register(signal).catch(() => {});
      // After the page itself: what the worker fetches must not be in its way.
      if (document.readyState === "complete") begin();
      else window.addEventListener("load", begin, { signal, once: true });
      return () => over.abort();
    },
    reload: async () => {
      await change(({ build }) => build !== own.build);
      reload();
    },
    takeNewer: async () => {
      const isNewer = await change((theirs) => theirs.protocol > own.protocol && isFirstReloadFor(theirs));
      if (isNewer) reload();
      return isNewer ? "reloading" : "none";
    },
  };
}

const tell = (worker: ServiceWorker, message: ToWorker, ports: MessagePort[] = []) =>
  worker.postMessage(message, ports);

function versionOf(worker: ServiceWorker): Promise<ShellVersion | undefined> {
  const { port1, port2 } = new MessageChannel();
  const answered = new Promise<ShellVersion>((resolve) => {
    // Our own worker answers with a ShellVersion: worker.ts.
    port1.onmessage = ({ data }) => resolve(data as ShellVersion);
  });
  tell(worker, { is: "which" }, [port2]);
  return within(answered).finally(() => port1.close());
}

/** Resolves also when the worker fails on its way to that state. */
async function reached(worker: ServiceWorker, state: "installed" | "activated"): Promise<void> {
  if (worker.state === state) return;
  const isThere = new Promise<void>((resolve) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === state || worker.state === "redundant") resolve();
    });
  });
  await (state === "installed" ? isThere : within(isThere));
}

const within = <T>(work: Promise<T>): Promise<T | undefined> =>
  Promise.race([work, new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), ANSWER_MS))]);
