// Pages made on the server. Whatever is put into one is escaped, unless it is a piece of a page itself.

import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";

export class Html {
  constructor(readonly markup: string) {}
}

export type Content = Html | string | number | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const markupOf = (content: Content): string => {
  if (content instanceof Html) return content.markup;
  if (typeof content === "string" || typeof content === "number")
    return String(content).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
  return content.map(markupOf).join("");
};

export const html = (parts: TemplateStringsArray, ...contents: readonly Content[]): Html =>
  new Html(parts.map((part, at) => part + markupOf(contents[at] ?? "")).join(""));

/** Within the page, so that the browser asks for no /favicon.ico, which the page's policy refuses. */
const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="15" fill="#0b5f52"/><path d="M20.5 50V29.5a12.5 12.5 0 1 1 12.5 12.5" fill="none" stroke="#fff" stroke-width="6.6" stroke-linecap="round" stroke-linejoin="round"/><circle cx="33" cy="29.5" r="4.2" fill="#f3b43f"/></svg>',
)}`;

export type Page = {
  readonly title: string;
  readonly style: string;
  readonly body: Html;
  /** Runs at the end of the body. Ours alone: it must hold nothing that a person wrote. */
  readonly script?: string;
  /** Whose pages it may embed. */
  readonly frames?: readonly string[];
};

/** Only this page's own style and script run; nobody else may put it into a frame. */
export const sendPage = (response: ServerResponse, status: number, page: Page): void => {
  const nonce = randomBytes(16).toString("base64");
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "content-security-policy": [
      "default-src 'none'",
      "connect-src 'self'",
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      `frame-src ${page.frames?.join(" ") ?? "'none'"}`,
      `style-src 'nonce-${nonce}'`,
      `script-src 'nonce-${nonce}'`,
    ].join("; "),
  });
  const script = page.script ? new Html(`<script nonce="${nonce}">${page.script}</script>`) : "";
  response.end(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <link rel="icon" href="${ICON}" />
          <title>${page.title}</title>
          ${new Html(`<style nonce="${nonce}">${page.style}</style>`)}
        </head>
        <body>
          ${page.body}${script}
        </body>
      </html> `.markup,
  );
};
