// What the user pool would have mailed. The page follows along: a new mail is on it without a reload.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Content, Html } from "./html";
import { html, sendPage } from "./html";
import { STYLE } from "./style";

export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly code: string;
  readonly at: number;
};

export interface Mails {
  /** Newest first. */
  list(): readonly Mail[];
  follow(onMail: (mail: Mail) => void): () => void;
}

const MAIL_STYLE = `
header { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; flex-wrap: wrap; }
.mail { display: grid; gap: .25rem .75rem; grid-template-columns: 1fr auto; align-items: center; }
.mail > * { min-width: 0; overflow-wrap: anywhere; margin: 0; }
.code { font-size: 2.25rem; line-height: 1.2; letter-spacing: .12em; font-weight: 600; user-select: all; }
.mail .wide { grid-column: 1 / -1; }
`;

/** Follows /mail/events and puts the server's new list in; copies a code on request. */
const MAIL_SCRIPT = `
new EventSource("/mail/events").onmessage = async () => {
  const answer = await fetch("/mail/list" + location.search);
  document.querySelector("#mails").innerHTML = await answer.text();
};
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("button[data-code]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.code);
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy"), 2000);
});
`;

const timeOf = (at: number): Content =>
  html`<time datetime="${new Date(at).toISOString()}">${new Date(at).toLocaleTimeString("en-GB")}</time>`;

const mailItem = ({ to, subject, text, code, at }: Mail): Content =>
  html`<li class="card mail">
    <p class="wide small quiet">${timeOf(at)} · to <b>${to}</b></p>
    <p class="code">${code}</p>
    <button type="button" data-code="${code}" aria-label="Copy the code ${code}">Copy</button>
    <p class="wide"><b>${subject}</b></p>
    <p class="wide quiet">${text}</p>
  </li>`;

const NOTHING = html`<p class="quiet">
  No mail yet. Sign up in the app: the code appears here at once, and in the terminal.
</p>`;

const mailList = (mails: readonly Mail[]): Html =>
  mails.length === 0
    ? NOTHING
    : html`<ul class="plain">
        ${mails.map(mailItem)}
      </ul>`;

export const sendMailList = (response: ServerResponse, mails: readonly Mail[]): void => {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
  response.end(mailList(mails).markup);
};

export const mailsTo = (mails: Mails, to: string | null): readonly Mail[] =>
  mails.list().filter((mail) => !to || mail.to.toLowerCase() === to.toLowerCase());

export const sendMailPage = (response: ServerResponse, mails: readonly Mail[]): void =>
  sendPage(response, 200, {
    title: "Mail · Parley on this machine",
    style: STYLE + MAIL_STYLE,
    script: MAIL_SCRIPT,
    body: html`<main>
      <header>
        <h1>Mail</h1>
        <a href="/">This machine</a>
      </header>
      <p class="quiet">What Cognito would have sent. Newest first; nothing was mailed.</p>
      <div id="mails" aria-live="polite">
        ${
          mails.length === 0
            ? NOTHING
            : html`<ul class="plain">
                ${mails.map(mailItem)}
              </ul>`
        }
      </div>
    </main>`,
  });

/** One event a mail. The first is sent at once: what came between the page and this is then not missed. */
export const followMails = (mails: Mails, request: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  const say = () => response.write("data: new\n\n");
  say();
  const end = mails.follow(say);
  request.on("close", end);
};
