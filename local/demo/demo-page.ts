// Ada and Grace side by side: two sessions of the real app, each in a frame of an origin of its own.

import type { ServerResponse } from "node:http";
import type { Content } from "../pages/html";
import { html, sendPage } from "../pages/html";
import { STYLE } from "../pages/style";
import type { Seat } from "./seats";
import { TELL_FOCUS_SCRIPT } from "./tell-focus";

export type SeatView = {
  readonly seat: Seat;
  readonly name: string;
  /** This person's line to the server is cut. */
  readonly isCut: boolean;
  readonly origin: string;
  /** Signs the seat in, if it is not, and goes on to the conversation. */
  readonly address: string;
};

const DEMO_STYLE = `
body { display: flex; flex-direction: column; height: 100dvh; overflow: hidden; }
.top { display: grid; grid-template-columns: 1fr auto; align-items: baseline; gap: .25rem 1.25rem; padding: .75rem 1rem .625rem; }
.top h1 { font-size: 1.125rem; margin: 0; letter-spacing: 0; }
.top p { margin: 0; grid-column: 1 / -1; max-width: 75rem; }
.top nav { display: flex; align-items: baseline; gap: 1rem; }
.top button, .seat footer button { font-size: .875rem; }
[hidden] { display: none !important; }
main.seats { max-width: none; margin: 0; flex: 1; min-height: 0; display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; padding: 0 .75rem .75rem; }
.seat { min-height: 0; display: flex; flex-direction: column; background: var(--sheet); overflow: hidden;
  border: 1px solid var(--line); border-radius: 12px; }
.seat header { display: flex; align-items: center; gap: .5rem; padding: .25rem .375rem .25rem .875rem;
  border-bottom: 1px solid var(--line); }
.seat h2 { font-size: .9375rem; margin: 0; flex: 1; }
.seat header button { font-size: .8125rem; background: none; color: var(--quiet); padding: .25rem .5rem; }
.seat header button:hover { color: var(--accent); }
.seat footer { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .75rem; min-height: 3rem;
  padding: .375rem .5rem .375rem .875rem; border-top: 1px solid var(--line); }
.seat footer p { flex: 1 1 12rem; margin: 0; }
.seat.cut { border-color: var(--alarm); }
.seat.cut footer { background: var(--alarm-ground); }
.seat.cut footer button { color: var(--alarm); background: var(--sheet); }
iframe { flex: 1; width: 100%; border: 0; background: var(--ground); }
.choice { display: none; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
details { padding: 0 1rem .75rem; }
summary { cursor: pointer; color: var(--accent); width: max-content; }
details pre { max-height: 40dvh; overflow: auto; margin: .5rem 0 0; }
@media (max-width: 45rem) {
  .choice { display: flex; gap: .5rem; border: 0; margin: 0; padding: 0 .75rem .5rem; }
  .choice label { flex: 1; text-align: center; padding: .375rem; border: 1px solid var(--line); border-radius: 8px; }
  .choice label:has(:checked) { background: var(--accent-ground); color: var(--accent); border-color: var(--accent); }
  .choice label:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px; }
  main.seats { grid-template-columns: 1fr; }
  body:has(#show-0:checked) .seat:nth-child(2), body:has(#show-1:checked) .seat:nth-child(1) { display: none; }
  .top { grid-template-columns: 1fr; padding: .5rem .75rem; }
  .top nav { order: 1; }
  .top p { font-size: .8125rem; line-height: 1.4; }
  details { padding: 0 .75rem .5rem; }
}
`;

const DEMO_SCRIPT = `
const order = async (path, body) => {
  const answer = await fetch(path, { method: "POST", body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
};
const say = (text) => {
  const problem = document.querySelector("#problem");
  problem.textContent = text;
  problem.hidden = text === "";
};
const tried = async (button, act) => {
  say("");
  button.disabled = true;
  try {
    await act();
  } catch (error) {
    say("This did not work: " + error.message + " Try again.");
  }
  button.disabled = false;
};
const showLine = (button, isCut) => {
  const section = button.closest(".seat");
  section.classList.toggle("cut", isCut);
  button.textContent = isCut ? button.dataset.restore : button.dataset.cut;
  section.querySelector("[data-state]").textContent = isCut ? button.dataset.isCut : button.dataset.isUp;
};
document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  if (button.dataset.frame) document.querySelector("#" + button.dataset.frame).src = button.dataset.address;
  if (button.dataset.line) {
    const cut = !button.closest(".seat").classList.contains("cut");
    tried(button, async () => {
      await order("/demo/line", { seat: button.dataset.line, cut });
      showLine(button, cut);
    });
  }
  if (button.id === "anew" && confirm(button.dataset.question))
    tried(button, async () => {
      button.textContent = button.dataset.busy;
      await order("/demo/anew", {}).finally(() => (button.textContent = button.dataset.idle));
      location.reload();
    });
});
`;

/** What stands under a window, and what its button says. */
const lineWords = (name: string) => ({
  cut: `Cut ${name}’s line`,
  restore: `Restore ${name}’s line`,
  isUp: `${name} is connected.`,
  isCut: `${name} has no connection: write something here, and it waits.`,
});

const lineFooter = ({ seat, name, isCut }: SeatView): Content => {
  const words = lineWords(name);
  return html`<footer>
    <p class="small quiet" role="status" data-state>${isCut ? words.isCut : words.isUp}</p>
    <button
      type="button"
      data-line="${seat}"
      data-cut="${words.cut}"
      data-restore="${words.restore}"
      data-is-up="${words.isUp}"
      data-is-cut="${words.isCut}"
    >
      ${isCut ? words.restore : words.cut}
    </button>
  </footer>`;
};

const seatFrame = (view: SeatView, at: number): Content => {
  const { name, origin, address, isCut } = view;
  const id = `seat-${String(at)}`;
  return html`<section class="seat${isCut ? " cut" : ""}" aria-labelledby="${id}-name">
    <header>
      <h2 id="${id}-name">${name}</h2>
      <button
        type="button"
        data-frame="${id}"
        data-address="${origin}/"
        aria-label="${name}: all conversations"
      >
        Conversations
      </button>
      <button type="button" data-frame="${id}" data-address="${address}" aria-label="${name}: sign in again">
        Sign in again
      </button>
    </header>
    <iframe id="${id}" title="The app, as ${name}" src="${address}" allow="clipboard-write"></iframe>
    ${lineFooter(view)}
  </section>`;
};

const top = (names: readonly string[]): Content => {
  const both = names.join(" and ");
  return html`<div class="top">
    <h1>${both}, each in a window</h1>
    <nav class="small" aria-label="This machine">
      <button
        type="button"
        id="anew"
        data-idle="Begin anew"
        data-busy="Beginning anew…"
        data-question="Begin anew? The demo continues with a new ${names[0] ?? ""} and a new ${names[1] ?? ""}. You do not see this conversation again."
      >
        Begin anew
      </button>
      <a href="/mail">Mail</a><a href="/">What runs here</a>
    </nav>
    <p class="small quiet">
      Two sessions of the real app. The conversation has an edited message, a deleted one, a reaction, and
      ticks for delivered and read. Write in one window and watch the other. Under each window, a button cuts
      that person’s line: messages wait until you restore it.
    </p>
    <p class="note" id="problem" role="alert" hidden></p>
  </div>`;
};

export const sendDemoPage = (
  response: ServerResponse,
  seats: readonly SeatView[],
  terminal: readonly string[],
): void => {
  const names = seats.map(({ name }) => name);
  sendPage(response, 200, {
    title: `Parley · ${names.join(" and ")}`,
    style: STYLE + DEMO_STYLE,
    script: DEMO_SCRIPT + TELL_FOCUS_SCRIPT,
    frames: seats.map(({ origin }) => origin),
    body: html`${top(names)}
      <fieldset class="choice">
        <legend class="visually-hidden">Window to show</legend>
        ${names.map(
          (name, at) =>
            html`<label
              ><input
                class="visually-hidden"
                type="radio"
                name="seat"
                id="show-${at}"
                ${at === 0 ? html`checked` : ""}
              />${name}</label
            >`,
        )}
      </fieldset>
      <main class="seats">${seats.map(seatFrame)}</main>
      <details class="small">
        <summary>From a terminal</summary>
        <pre tabindex="0">${terminal.join("\n")}</pre>
      </details>`,
  });
};

export const sendDemoProblem = (response: ServerResponse, reason: string): void =>
  sendPage(response, 503, {
    title: "Parley · the demo is not ready",
    style: STYLE,
    body: html`<main>
      <h1>The demo is not ready</h1>
      <p class="note">${reason}</p>
      <p class="quiet">What the functions wrote may tell more: <a href="/logs">logs</a>.</p>
      <p><a href="/demo">Try again</a></p>
    </main>`,
  });
