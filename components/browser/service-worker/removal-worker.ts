// Takes the place of the service worker where the deployment has switched it off, and under `next dev`: removes what
// the worker kept, then itself. The browser asks for it by itself, when a page is opened.

import { isOurCache } from "./shell";
import type { WorkerScope } from "./worker-scope.types";

declare const self: WorkerScope;

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));

self.addEventListener("activate", (event) => event.waitUntil(remove()));

async function remove(): Promise<void> {
  const ours = (await caches.keys()).filter(isOurCache);
  await Promise.all(ours.map((name) => caches.delete(name)));
  await self.registration.unregister();
}
