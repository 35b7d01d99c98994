// The part of a service worker's global scope that ours uses. TypeScript's own types for it (lib "WebWorker") cannot
// stand beside those of a page in one project.

type Extendable = Event & { waitUntil(work: Promise<unknown>): void };
type Fetched = Extendable & {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
};
type Told = Extendable & { readonly data: unknown; readonly ports: readonly MessagePort[] };

export interface WorkerScope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  readonly registration: ServiceWorkerRegistration;
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: Extendable) => void): void;
  addEventListener(type: "fetch", listener: (event: Fetched) => void): void;
  addEventListener(type: "message", listener: (event: Told) => void): void;
}
