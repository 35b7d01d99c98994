import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer, request as ask, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPages } from "./create-pages";
import type { Mail } from "./mail-page";

const kept: Mail[] = [];
const followers = new Set<(mail: Mail) => void>();
const mail = (to: string, more: Partial<Mail> = {}): Mail => ({
  to,
  subject: "Your code",
  text: "Your code is 123456.",
  code: "123456",
  at: Date.UTC(2026, 0, 1),
  ...more,
});

const logsDir = mkdtempSync(join(tmpdir(), "logs-"));

const pages = createPages({
  logsDir,
  front: () => ({
    links: [{ title: "The app", address: "http://localhost:3000", what: "Sign up" }],
    running: [{ name: "Tables", as: "<dynoxide>" }],
  }),
  mails: {
    list: () => kept,
    follow: (onMail) => {
      followers.add(onMail);
      return () => void followers.delete(onMail);
    },
  },
});

let server: Server;
let port = 0;

beforeEach(async () => {
  kept.length = 0;
  server = createServer((request, response) => {
    if (pages.claims(request)) pages.handle(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (typeof address === "object" && address) port = address.port;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const get = async (path: string) => fetch(`http://localhost:${String(port)}${path}`);

describe("the local cloud's pages", () => {
  it("say what runs, where to go and that it is for this machine only", async () => {
    const page = await (await get("/")).text();
    expect(page).toContain('href="http://localhost:3000"');
    expect(page).toContain("&lt;dynoxide&gt;");
    expect(page).toContain("For this machine only");
  });

  it("carry an icon that their own policy lets the browser show", async () => {
    const answer = await get("/");
    const icon = /<link rel="icon" href="([^"]+)"/.exec(await answer.text())?.[1] ?? "";
    expect(icon).toMatch(/^data:image\/svg\+xml,/);
    expect(answer.headers.get("content-security-policy")).toContain("img-src data:;");
  });

  it("show the mails with their codes, and nothing that was put into one runs", async () => {
    kept.push(mail('"><script>alert(1)</script>@example.com', { text: "<img src=x onerror=alert(1)>" }));
    const answer = await get("/mail");
    const page = await answer.text();
    expect(page).toContain("123456");
    expect(page).not.toContain("<script>alert");
    expect(page).not.toContain("<img");
    expect(answer.headers.get("content-security-policy")).toMatch(/script-src 'nonce-/);
  });

  it("give the mails to one address as JSON", async () => {
    kept.push(mail("ada@example.com"), mail("grace@example.com"));
    const answer = await get("/mail.json?to=ADA@example.com");
    expect(await answer.json()).toEqual([mail("ada@example.com")]);
    expect(await (await get("/mail.json")).json()).toHaveLength(2);
  });

  it("tell an open page of a new mail, and forget the page when it is closed", async () => {
    const ending = new AbortController();
    const answer = await fetch(`http://localhost:${String(port)}/mail/events`, { signal: ending.signal });
    const reader = answer.body?.getReader();
    const next = async () => new TextDecoder().decode((await reader?.read())?.value);
    expect(await next()).toBe("data: new\n\n");
    for (const follow of followers) follow(mail("ada@example.com"));
    expect(await next()).toBe("data: new\n\n");
    ending.abort();
    await expect.poll(() => followers.size).toBe(0);
  });

  it("show the end of each function's log", async () => {
    expect(await (await get("/logs")).text()).toContain("No function has run yet");
    writeFileSync(join(logsDir, "frames.log"), `${"old line\n".repeat(10_000)}<newest line>\n`);
    const page = await (await get("/logs")).text();
    expect(page).toContain("&lt;newest line&gt;");
    expect(page.length).toBeLessThan(100_000);
  });

  it("are there for this machine's names only", async () => {
    const status = await new Promise<number | undefined>((answered) => {
      ask({ host: "127.0.0.1", port, path: "/mail", headers: { host: "evil.example:80" } }, (response) => {
        response.resume();
        answered(response.statusCode);
      }).end();
    });
    expect(status).toBe(404);
  });
});
