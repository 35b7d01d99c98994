import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, request as ask, type IncomingMessage, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { startUserPool, type Running } from "../user-pool/user-pool-fixture";
import { createDemo, type Demo } from "./create-demo";

type Frame = Record<string, unknown>;

/** Stands for the gateway and what is behind it: people with handles, and conversations between them. */
const chat = () => {
  const profiles = new Map<string, { user: string; name: string; handle: string }>();
  const taken = new Set<string>();
  const frames: Frame[] = [];
  const subOf = (protocols: string): string => {
    const payload = protocols.split("jwt.")[1]?.split(".")[1] ?? "";
    return JSON.parse(Buffer.from(payload, "base64url").toString()).sub;
  };
  const claim = (user: string, name: string, handle: string) => {
    taken.add(handle);
    const me = { user, name, handle };
    profiles.set(user, me);
    return me;
  };
  const answer = (user: string, { action, ref, name, handle }: Frame): Frame => {
    switch (action) {
      case "hello":
        return { type: "welcome", ref, user, me: profiles.get(user), now: 1, conversations: [] };
      case "profile": {
        const wanted = handle ?? `${String(name).toLowerCase()}-2`;
        if (taken.has(String(wanted))) return { type: "refused", ref, code: "handle-taken" };
        return { type: "profile", ref, me: claim(user, String(name), String(wanted)) };
      }
      case "open": {
        const peer = [...profiles.values()].find((each) => each.handle === handle);
        const tail = { seq: 7 };
        return peer
          ? { type: "conversations", ref, rows: [{ conversation: `d.${user}.${peer.user}`, peer, tail }] }
          : { type: "refused", ref, code: "unknown-handle" };
      }
      default:
        return { type: "refused", ref, code: "unknown-action" };
    }
  };
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => "chat.v1" });
  sockets.on("connection", (socket, request) => {
    const user = subOf(String(request.headers["sec-websocket-protocol"]));
    socket.on("message", (text) => {
      const frame: Frame = JSON.parse(String(text));
      frames.push(frame);
      socket.send(JSON.stringify(answer(user, frame)));
    });
  });
  return { sockets, frames, taken, profiles };
};

let users: Running;
let app: Server;
let cloud: Server;
let demo: Demo;
let gateway: ReturnType<typeof chat>;
let port = 0;
let appPort = 0;
const asked: IncomingMessage[] = [];

/** No conversation is made where the gateway says that there are messages, as the one above does. */
const world = {
  clock: { now: () => Date.now(), turn: () => undefined },
  settled: async () => undefined,
  connections: { connections: () => [], cut: () => false },
};

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
};

beforeAll(async () => void (users = await startUserPool()));
afterAll(() => users.stop());

beforeEach(async () => {
  asked.length = 0;
  gateway = chat();
  app = createServer((request, response) => {
    asked.push(request);
    if (request.url === "/moved") {
      response.writeHead(307, { location: `http://localhost:${String(appPort)}/there` }).end();
      return;
    }
    const headers = { "x-frame-options": "DENY", "content-security-policy": "frame-ancestors 'none'; a b" };
    response.writeHead(200, headers);
    request.pipe(response);
  });
  const appSockets = new WebSocketServer({ server: app });
  appSockets.on("connection", (socket, request) => {
    asked.push(request);
    socket.on("message", (text) => socket.send(`app heard ${String(text)}`));
  });
  appPort = await listen(app);
  cloud = createServer();
  port = await listen(cloud);
  demo = createDemo({
    users: users.pool,
    world,
    dataDir: users.dataDir,
    appAddress: `http://localhost:${String(appPort)}`,
    cloudPort: () => port,
    socketPath: "/chat",
  });
  await demo.open();
  const { surfaces } = demo;
  cloud.on("request", (request, response) => {
    const surface = surfaces.find((each) => each.claims(request));
    if (surface) surface.handle(request, response);
    else response.writeHead(404).end();
  });
  cloud.on("upgrade", (request, socket, head) => {
    const surface = surfaces.find((each) => each.claims(request));
    if (surface) return surface.upgrade?.(request, socket, head);
    gateway.sockets.handleUpgrade(request, socket, head, (opened) =>
      gateway.sockets.emit("connection", opened, request),
    );
  });
});

afterEach(() => {
  demo.close();
  rmSync(join(users.dataDir, "demo", "generation"), { force: true });
  gateway.sockets.close();
  for (const server of [app, cloud]) {
    server.closeAllConnections();
    server.close();
  }
});

/** As a browser asks, which finds *.localhost by itself. */
const get = (
  host: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<{ status: number | undefined; headers: IncomingMessage["headers"]; body: string }> =>
  new Promise((answered, failed) => {
    const passed = ask(
      {
        host: "127.0.0.1",
        port,
        path,
        method: body === undefined ? "GET" : "POST",
        headers: { host: `${host}:${String(port)}`, ...headers },
      },
      (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.on("end", () =>
          answered({ status: response.statusCode, headers: response.headers, body: text }),
        );
      },
    );
    passed.on("error", failed);
    passed.end(body);
  });

describe("preparing the demo", () => {
  it("gives Ada and Grace their profiles and a conversation before their seats are shown", async () => {
    const { status, body } = await get("parley.localhost", "/demo");
    expect(status).toBe(200);
    expect([...gateway.profiles.values()].map(({ handle }) => handle).sort()).toEqual([
      "ada",
      "grace",
      "linus",
    ]);
    expect(gateway.frames).toContainEqual(expect.objectContaining({ action: "open", handle: "grace" }));
    expect(body).toContain(`http://ada.parley.localhost:${String(port)}/__seat/sign-in?to=%2Fchat%2Fgrace`);
    expect(body).toContain(`http://grace.parley.localhost:${String(port)}/__seat/sign-in?to=%2Fchat%2Fada`);
    expect(body).toContain("npx wscat");
  });

  it("sends whoever asks by a number to a name", async () => {
    const { status, headers } = await get("127.0.0.1", "/demo");
    expect(status).toBe(307);
    expect(headers.location).toBe(demo.plainAddress());
    expect(demo.address()).toBe(`http://parley.localhost:${String(port)}/demo`);
    expect(demo.plainAddress()).toBe(`http://localhost:${String(port)}/demo`);
  });

  it("works by plain localhost: a port for each seat, each with its own person", async () => {
    const { status, body } = await get("localhost", "/demo");
    expect(status).toBe(200);
    const seats = [...body.matchAll(/src="http:\/\/localhost:(\d+)\/__seat\/sign-in\?to=%2Fchat%2F(\w+)"/g)];
    expect(seats.map(([, , other]) => other)).toEqual(["grace", "ada"]);
    const [adaPort, gracePort] = seats.map(([, seatPort]) => Number(seatPort));
    expect(new Set([adaPort, gracePort, port]).size).toBe(3);

    const page = async (seatPort: number | undefined) =>
      (await fetch(`http://127.0.0.1:${String(seatPort)}/__seat/sign-in?to=/chat/grace`)).text();
    expect(await page(adaPort)).toContain("ada@demo.example");
    expect(await page(adaPort)).not.toContain("grace@demo.example");
    expect(await page(gracePort)).toContain("grace@demo.example");
    expect(
      (await fetch(`http://127.0.0.1:${String(adaPort)}/there`, { method: "POST", body: "to the app" })).ok,
    ).toBe(true);
    expect(asked.at(-1)?.url).toBe("/there");
  });

  it("takes other ports for the seats where those after the cloud's are taken", async () => {
    const second = createDemo({
      users: users.pool,
      world,
      dataDir: users.dataDir,
      appAddress: `http://localhost:${String(appPort)}`,
      cloudPort: () => port,
      socketPath: "/chat",
    });
    await second.open();
    second.close();
    expect((await get("localhost", "/demo")).status).toBe(200);
  });

  it("leaves people alone who are there already", async () => {
    await demo.prepare();
    const again = createDemo({
      users: users.pool,
      world,
      dataDir: users.dataDir,
      appAddress: "http://localhost:1",
      cloudPort: () => port,
      socketPath: "/chat",
    });
    gateway.frames.length = 0;
    await again.prepare();
    expect(gateway.frames.map(({ action }) => action)).toEqual(["hello", "hello", "open"]);
  });

  it("begins anew with another Ada and another Grace, at the press of its own page's button", async () => {
    const press = (origin: string) => get("parley.localhost", "/demo/anew", { origin }, "{}");
    await demo.prepare();
    const before = (await get("ada.parley.localhost", "/__seat/sign-in")).body;
    expect((await press("https://evil.example")).status).toBe(403);
    expect((await get("ada.parley.localhost", "/__seat/sign-in")).body).toBe(before);

    expect((await press(`http://parley.localhost:${String(port)}`)).status).toBe(200);
    const after = (await get("ada.parley.localhost", "/__seat/sign-in")).body;
    expect(after).toContain("ada.2@demo.example");
    expect((await get("parley.localhost", "/demo")).body).toContain("to=%2Fchat%2Fgrace-2");
  });

  it("cuts a line for its own page alone, and shows that it is cut", async () => {
    const order = (origin: string, body: object) =>
      get("parley.localhost", "/demo/line", { origin }, JSON.stringify(body));
    const own = `http://parley.localhost:${String(port)}`;
    const isCut = async () => (await get("parley.localhost", "/demo")).body.includes("Restore Ada’s line\n");
    expect((await order("http://localhost:3000", { seat: "ada", cut: true })).status).toBe(403);
    expect(await isCut()).toBe(false);
    expect((await order(own, { seat: "ada", cut: true })).status).toBe(200);
    expect(await isCut()).toBe(true);
    expect((await order(own, { seat: "linus", cut: true })).status).toBe(400);
    expect((await order(own, { seat: "ada", cut: false })).status).toBe(200);
    expect(await isCut()).toBe(false);
  });

  it("takes another handle where somebody else has hers", async () => {
    gateway.taken.add("grace");
    expect((await get("parley.localhost", "/demo")).body).toContain("to=%2Fchat%2Fgrace-2");
  });

  it("says what is wrong, and tries again for the next who asks", async () => {
    gateway.sockets.on("connection", (socket) => socket.close(1011));
    const broken = await get("parley.localhost", "/demo");
    expect(broken.status).toBe(503);
    expect(broken.body).toContain("unable to talk to ws://localhost");
    gateway.sockets.removeAllListeners("connection");
    const whole = chat();
    gateway.sockets.on("connection", (socket, request) => whole.sockets.emit("connection", socket, request));
    expect((await get("parley.localhost", "/demo")).status).toBe(200);
  });
});

describe("a seat", () => {
  it("gets the password of its own person and of nobody else, on its own host only", async () => {
    const ada = await get("ada.parley.localhost", "/__seat/sign-in?to=/chat/grace");
    expect(ada.body).toContain("ada@demo.example");
    expect(ada.body).not.toContain("grace@demo.example");
    expect(ada.headers["content-security-policy"]).toContain(
      `frame-ancestors http://parley.localhost:${String(port)} http://localhost:${String(port)}`,
    );
    expect((await get("localhost", "/__seat/sign-in")).status).toBe(404);
    expect((await get("mallory.parley.localhost", "/__seat/sign-in")).status).toBe(404);
  });

  it("bundles the real library for its sign-in", async () => {
    const { status, body } = await get("ada.parley.localhost", "/__seat/sign-in.js");
    expect(status).toBe(200);
    expect(body).toContain("AWSCognitoIdentityProviderService");
  });

  it("passes everything else on to the app, which sees its own address", async () => {
    const seat = `http://ada.parley.localhost:${String(port)}`;
    const answer = await get(
      "ada.parley.localhost",
      "/chat/grace",
      { origin: seat, referer: `${seat}/a` },
      "a body",
    );
    expect(answer.body).toBe("a body");
    expect(asked[0]?.headers).toMatchObject({
      host: `localhost:${String(appPort)}`,
      origin: `http://localhost:${String(appPort)}`,
      referer: `http://localhost:${String(appPort)}/a`,
    });
    expect(answer.headers["x-frame-options"]).toBeUndefined();
    expect(answer.headers["content-security-policy"]).not.toContain("frame-ancestors");
    expect((await get("ada.parley.localhost", "/moved")).headers.location).toBe(`${seat}/there`);
  });

  it("passes the development server's socket on", async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${String(port)}/_next/hmr`, {
      headers: { host: `ada.parley.localhost:${String(port)}` },
      origin: `http://ada.parley.localhost:${String(port)}`,
    });
    const heard = new Promise<string>((resolve) =>
      socket.on("message", (text) => {
        resolve(String(text));
      }),
    );
    socket.on("open", () => socket.send("hello"));
    expect(await heard).toBe("app heard hello");
    expect(asked[0]?.headers.origin).toBe(`http://localhost:${String(appPort)}`);
    socket.close();
  });

  it("waits for an app that does not answer yet", async () => {
    app.closeAllConnections();
    await new Promise((closed) => app.close(closed));
    const { status, body } = await get("ada.parley.localhost", "/");
    expect(status).toBe(502);
    expect(body).toContain('http-equiv="refresh"');
  });
});

describe("the terminal's lines", () => {
  it("work as they are pasted: wscat connects, says hello and is refused the unknown action", async () => {
    const lines = await demo.terminal();
    const command = lines.find((line) => line.includes("npx wscat")) ?? "";
    const frames = lines.filter((line) => line.trim().startsWith("{")).map((line) => line.trim());
    expect(frames.map((frame) => JSON.parse(frame).action)).toEqual(["hello", "send", "dance"]);
    expect(JSON.parse(frames[1] ?? "")).toMatchObject({ after: 7 });

    gateway.frames.length = 0;
    const wscat = join(import.meta.dirname, "../../node_modules/wscat/bin/wscat");
    const terminal = spawn(process.execPath, [wscat, ...command.trim().split(/\s+/).slice(2)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    let printed = "";
    terminal.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    // What is typed before wscat is connected is lost, so the first line is typed until it is answered.
    const type = (frame: string | undefined) => terminal.stdin.write(`${frame ?? ""}\n`);
    await expect
      .poll(() => (type(frames[0]), printed), { timeout: 60_000, interval: 200 })
      .toContain("welcome");
    for (const frame of frames.slice(1)) type(frame);
    await expect.poll(() => printed, { timeout: 60_000 }).toContain('"ref":"3","code":"unknown-action"');
    terminal.stdin.end();
    await new Promise((closed) => terminal.on("close", closed));
  });
});

describe("what is deployed", () => {
  it("has nothing of the demo in it", () => {
    const root = join(import.meta.dirname, "../..");
    const sources = ["app", "components", "core", "amplify", "public"].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.(tsx?|js|json|html|css)$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name)),
    );
    expect(sources.length).toBeGreaterThan(50);
    const telling = sources.filter((path) =>
      /__seat|demo\.example|parley\.localhost|local\/demo|seat-sign-in/.test(readFileSync(path, "utf8")),
    );
    expect(telling).toEqual([]);
  });

  it("is not given the same password in another data directory", async () => {
    const passwordIn = async (dataDir: string) => {
      let given = "";
      const other = createDemo({
        users: {
          poolId: "",
          clientIds: [],
          accessTokenFor: () => "",
          ensureUser: async ({ password }) => ((given = password), Promise.reject(new Error("enough"))),
        },
        world,
        dataDir,
        appAddress: "http://localhost:1",
        cloudPort: () => 1,
        socketPath: "/chat",
      });
      await expect(other.prepare()).rejects.toThrow("enough");
      return given;
    };
    const [here, there] = [mkdtempSync(join(tmpdir(), "demo-")), mkdtempSync(join(tmpdir(), "demo-"))];
    const first = await passwordIn(here);
    expect(first.length).toBeGreaterThan(20);
    expect(await passwordIn(here)).toBe(first);
    expect(await passwordIn(there)).not.toBe(first);
  });
});
