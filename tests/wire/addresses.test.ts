// Asks the app for addresses exactly as they are written; `fetch` repairs some of these paths.

import { request as requestByHttp } from "node:http";
import { request as requestByHttps } from "node:https";
import { describe, expect, it } from "vitest";
import { at } from "./people";

type Page = { readonly status: number; readonly body: string };

const get = (path: string): Promise<Page> =>
  new Promise((resolve, reject) => {
    const { protocol, hostname, port } = new URL(at.appAddress);
    const request = protocol === "https:" ? requestByHttps : requestByHttp;
    const sent = request({ hostname, port, path }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (body += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on("error", reject).end();
  });

describe("an address below /chat", () => {
  it.each([
    ["of a handle", "/chat/ada"],
    ["with a byte that is not UTF-8", "/chat/%ff"],
    ["with a bare percent sign", "/chat/%"],
    ["with half a character", "/chat/%E0%A4%A"],
    ["with a zero byte", "/chat/%00"],
    ["with an encoded slash", "/chat/a%2Fb"],
    ["with an encoded backslash", "/chat/%5C"],
    ["with 8,000 characters", `/chat/${"a".repeat(8_000)}`],
    ["with a query", "/chat/%ff?next=%ff"],
  ])("%s is answered with the one page of the chat", async (_, path) => {
    const [page, chat] = await Promise.all([get(path), get("/chat")]);
    expect(page.status).toBe(200);
    expect(page.body).toBe(chat.body);
  });

  it.each([
    ["with one more part", "/chat/a/b"],
    ["with one more part, malformed", "/chat/%ff/%ff"],
  ])("%s is answered with the page that says so", async (_, path) => {
    const page = await get(path);
    expect(page.status).toBe(404);
    expect(page.body).toContain("There is no such page");
  });

  it("that ends with a slash leads to the one without", async () => {
    expect((await get("/chat/%ff/")).status).toBe(308);
  });
});
