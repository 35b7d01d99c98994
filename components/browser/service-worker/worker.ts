// The service worker of one build: keeps the app's pages on the device, so that they open without a network. shell.ts
// has the rules; next.config.js bundles this file, and app/sw.js/route.ts serves the bundle.
//
//   install    fetch every page past the HTTP cache, and what the pages name; then wait
//   activate   when the page says so, or at once where there was no worker: remove the caches of older builds
//   fetch      a page: from the network within three seconds, else from the cache; a static file: from the cache

import { VERSION } from "../../../core/protocol/version";
import {
  cacheOf,
  cachesToRemove,
  chunksIn,
  isKeepable,
  isPageOf,
  isServed,
  PAGE_LIMIT_MS,
  routeOf,
  SHELL_PAGES,
  type ShellPage,
  type ShellVersion,
  type ToWorker,
} from "./shell";
import type { WorkerScope } from "./worker-scope.types";

declare const self: WorkerScope;

const BUILD = process.env["PARLEY_BUILD_NAME"] ?? "";
const THIS: ShellVersion = { build: BUILD, protocol: VERSION };
const OWN = cacheOf(BUILD);
/** The page that activated this worker reloads now, and must get this build's pages even if a proxy holds older ones. */
const FRESH_FOR_MS = 10_000;
let ownPagesUntil = 0;

self.addEventListener("install", (event) => event.waitUntil(install()));

self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("fetch", (event) => {
  const route = routeOf(event.request, self.location.origin);
  if (route.is === "page") event.respondWith(servePage(event.request, route.page));
  if (route.is === "chunk") event.respondWith(serveChunk(event.request));
});

self.addEventListener("message", (event) => {
  // Only our own pages can send messages here, and they send nothing but a ToWorker.
  const { is } = event.data as ToWorker;
  if (is === "which") return event.ports[0]?.postMessage(THIS);
  ownPagesUntil = Date.now() + FRESH_FOR_MS;
  event.waitUntil(self.skipWaiting());
});

/** Fails unless every page and file was stored; the browser then tries again at a later update. */
async function install(): Promise<void> {
  const cache = await caches.open(OWN);
  try {
    const chunks = new Set((await Promise.all(SHELL_PAGES.map((page) => keepPage(cache, page)))).flat());
    await Promise.all([...chunks].map((chunk) => keepChunk(cache, chunk)));
  } catch (cause) {
    await caches.delete(OWN);
    throw new Error("unable to keep the app's pages; one of them or of their files did not come", { cause });
  }
}

async function keepPage(cache: Cache, page: ShellPage): Promise<readonly string[]> {
  const answer = await fetch(page, { cache: "reload" });
  if (!isPageOf(BUILD, answer)) throw new Error(`unable to keep ${page}; the answer is not of this build`);
  await cache.put(page, answer.clone());
  return chunksIn(`${answer.headers.get("link") ?? ""} ${await answer.text()}`);
}

/** A static file's name changes with its content, so the copy of an older build serves as well. */
async function keepChunk(cache: Cache, chunk: string): Promise<void> {
  const kept = await caches.match(chunk);
  if (kept) return cache.put(chunk, kept);
  const answer = await fetch(chunk);
  if (!isKeepable(answer)) throw new Error(`unable to keep ${chunk}; the answer was ${answer.status}`);
  await cache.put(chunk, answer);
}

async function activate(): Promise<void> {
  const old = cachesToRemove(await caches.keys(), OWN);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function servePage(request: Request, page: ShellPage): Promise<Response> {
  const kept = await (await caches.open(OWN)).match(page);
  if (!kept) return fetch(request);
  if (Date.now() < ownPagesUntil) return kept;
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PAGE_LIMIT_MS));
  const answer = await Promise.race([fetch(request).catch(() => undefined), late]);
  return answer && isServed(answer) ? answer : kept;
}

async function serveChunk(request: Request): Promise<Response> {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  // The page does not wait for the disk, and a full disk does not fail the request.
  if (isKeepable(answer)) void keep(request, answer.clone()).catch(() => {});
  return answer;
}

const keep = async (request: Request, answer: Response): Promise<void> =>
  (await caches.open(OWN)).put(request, answer);
