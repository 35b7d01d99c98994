// Served instead of the service worker where the deployment has switched that off, and under `next dev`: removes the
// worker's caches, then its own registration. A browser that has the worker fetches this script after a page is opened.

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
