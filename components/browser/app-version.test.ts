import { describe, expect, it, vi } from "vitest";
import { createAppVersion } from "./app-version";
import type { ShellVersion, ToWorker } from "./service-worker/shell";

const N: ShellVersion = { build: "n", protocol: 5 };
const NEXT: ShellVersion = { build: "n+1", protocol: 6 };
const SAME_PROTOCOL: ShellVersion = { build: "n+1", protocol: 5 };

/** A worker as a page sees it: it answers which build it is, and does what it is told. */
class FakeWorker extends EventTarget {
  state: ServiceWorkerState = "installed";
  readonly told: string[] = [];
  onActivated = () => {};
  constructor(readonly version: ShellVersion | "silent") {
    super();
  }
  become(state: ServiceWorkerState): this {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
    return this;
  }
  postMessage({ is }: ToWorker, [port]: readonly MessagePort[] = []): void {
    this.told.push(is);
    if (is === "which" && this.version !== "silent") port?.postMessage(this.version);
    if (is === "activate" && this.state === "installed") {
      this.become("activated");
      this.onActivated();
    }
  }
}

type Workers = { readonly active?: FakeWorker; readonly waiting?: FakeWorker };

class FakeRegistration extends EventTarget {
  active: FakeWorker | undefined;
  waiting: FakeWorker | undefined;
  installing: FakeWorker | undefined;
  update = vi.fn(async () => {});
  constructor({ active, waiting }: Workers) {
    super();
    this.active = active?.become("activated");
    this.waiting = waiting;
  }
  find(worker: FakeWorker): void {
    this.installing = worker.become("installing");
    this.dispatchEvent(new Event("updatefound"));
  }
  install(): void {
    const worker = this.installing;
    this.waiting = worker;
    this.installing = undefined;
    worker?.become("installed");
  }
}

class FakeContainer extends EventTarget {
  controller: FakeWorker | undefined;
  register = vi.fn(async () => this.registration);
  getRegistration = async () => this.registration;
  constructor(readonly registration: FakeRegistration) {
    super();
  }
}

async function open(workers: Workers, { remembers = true } = {}) {
  const page = new EventTarget();
  vi.stubGlobal("document", Object.assign(page, { readyState: "complete", visibilityState: "visible" }));
  const registration = new FakeRegistration(workers);
  const container = new FakeContainer(registration);
  const memory = new Map<string, string>();
  const reload = vi.fn();
  const storage = {
    getItem: (key: string) => {
      if (!remembers) throw new DOMException("denied", "SecurityError");
      return memory.get(key) ?? null;
    },
    setItem: (key: string, value: string) => void memory.set(key, value),
  };
  const make = () =>
    createAppVersion({
      own: N,
      // A double: it has what app-version.ts uses of the browser's.
      workers: container as unknown as ServiceWorkerContainer,
      reload,
      storage: () => storage as Storage,
    });
  const version = make();
  version.start();
  await vi.waitFor(() => expect(container.register).toHaveBeenCalled());
  await settled();
  return { version, make, registration, container, reload, page };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe("the version of the app", () => {
  it("is looked up past the browser's cache", async () => {
    const { container } = await open({});
    expect(container.register).toHaveBeenCalledWith("/sw.js", { updateViaCache: "none" });
  });

  it("is offered when another build waits, and nothing is reloaded unasked", async () => {
    const { version, registration, reload } = await open({ active: new FakeWorker(N) });
    const next = new FakeWorker(SAME_PROTOCOL);
    registration.find(next);
    expect(version.view.getSnapshot()).toEqual({ is: "current" });
    registration.install();
    await vi.waitFor(() => expect(version.view.getSnapshot()).toEqual({ is: "newer" }));
    expect(next.told).not.toContain("activate");
    expect(reload).not.toHaveBeenCalled();
  });

  it("activates a waiting worker of the page's own build, without a reload", async () => {
    const own = new FakeWorker(N);
    const { version, reload } = await open({ active: new FakeWorker(NEXT), waiting: own });
    await vi.waitFor(() => expect(own.told).toContain("activate"));
    expect(version.view.getSnapshot()).toEqual({ is: "current" });
    expect(reload).not.toHaveBeenCalled();
  });

  it("is offered in a tab whose worker another tab has changed", async () => {
    const { version, container } = await open({ active: new FakeWorker(N) });
    container.controller = new FakeWorker(NEXT).become("activated");
    container.dispatchEvent(new Event("controllerchange"));
    await vi.waitFor(() => expect(version.view.getSnapshot()).toEqual({ is: "newer" }));
  });

  it("changes when the person reloads: the waiting build first, then the page", async () => {
    const next = new FakeWorker(SAME_PROTOCOL);
    const { version, reload } = await open({ active: new FakeWorker(N), waiting: next });
    next.onActivated = () => expect(reload).not.toHaveBeenCalled();
    await version.reload();
    expect(next.told).toContain("activate");
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it("lets a person reload where there is no worker at all", async () => {
    const reload = vi.fn();
    const storage = () => ({}) as Storage;
    await createAppVersion({ own: N, workers: undefined, reload, storage }).reload();
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it("is looked for again when somebody comes back after an hour", async () => {
    const { registration, page } = await open({ active: new FakeWorker(N) });
    page.dispatchEvent(new Event("visibilitychange"));
    expect(registration.update).not.toHaveBeenCalled();
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 3_600_001);
    page.dispatchEvent(new Event("visibilitychange"));
    expect(registration.update).toHaveBeenCalledTimes(1);
    vi.restoreAllMocks();
  });
});

describe("a page whose protocol version is refused", () => {
  it("stays as it is while there is no newer build", async () => {
    const { version, registration, reload } = await open({ active: new FakeWorker(N) });
    expect(await version.takeNewer()).toBe("none");
    expect(registration.update).toHaveBeenCalled();
    expect(reload).not.toHaveBeenCalled();
  });

  it("waits for a build that is being installed, activates it and reloads once", async () => {
    const next = new FakeWorker(NEXT);
    const { version, registration, reload } = await open({ active: new FakeWorker(N) });
    registration.update.mockImplementation(async () => {
      registration.find(next);
      setTimeout(() => registration.install(), 30);
    });
    expect(await version.takeNewer()).toBe("reloading");
    expect(next.told).toContain("activate");
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it("does not reload a second time for the same build, whatever the reload brought", async () => {
    const { version, make, registration, reload } = await open({ active: new FakeWorker(NEXT) });
    expect(await version.takeNewer()).toBe("reloading");
    const after = make();
    after.start();
    await settled();
    expect(await after.takeNewer()).toBe("none");
    expect(reload).toHaveBeenCalledTimes(1);
    expect(registration.update).toHaveBeenCalledTimes(2);
  });

  it("does not reload for a build that would be refused, too", async () => {
    const { version, reload } = await open({
      active: new FakeWorker(N),
      waiting: new FakeWorker(SAME_PROTOCOL),
    });
    expect(await version.takeNewer()).toBe("none");
    expect(reload).not.toHaveBeenCalled();
  });

  it("does not reload by itself where the tab cannot remember that it did", async () => {
    const { version, reload } = await open({ active: new FakeWorker(NEXT) }, { remembers: false });
    expect(await version.takeNewer()).toBe("none");
    expect(reload).not.toHaveBeenCalled();
  });

  it("stays as it is offline, and where a worker does not answer", async () => {
    const { version, registration, reload } = await open({ active: new FakeWorker("silent") });
    registration.update.mockRejectedValue(new TypeError("Failed to fetch"));
    expect(await version.takeNewer()).toBe("none");
    expect(reload).not.toHaveBeenCalled();
  });
});
