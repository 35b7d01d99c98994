// Ada and Grace side by side: two sessions of the real app, each in a frame of an origin of its own.

import type { ServerResponse } from "node:http";
import type { Content } from "../pages/html";
import { html, sendPage } from "../pages/html";
import { STYLE } from "../pages/style";

export type SeatView = {
  readonly name: string;
  readonly origin: string;
  /** Signs the seat in, if it is not, and goes on to the conversation. */
  readonly address: string;
};

const DEMO_STYLE = `
body { display: flex; flex-direction: column; height: 100dvh; overflow: hidden; }
.top { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1.25rem; padding: .625rem 1rem; }
.top h1 { font-size: 1rem; margin: 0; letter-spacing: 0; }
.top p { margin: 0; flex: 1 1 18rem; }
.top nav { display: flex; gap: 1rem; }
main.seats { max-width: none; margin: 0; flex: 1; min-height: 0; display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; padding: 0 .75rem .75rem; }
.seat { min-height: 0; display: flex; flex-direction: column; background: var(--sheet); overflow: hidden;
  border: 1px solid var(--line); border-radius: 12px; }
.seat header { display: flex; align-items: center; gap: .5rem; padding: .25rem .375rem .25rem .875rem;
  border-bottom: 1px solid var(--line); }
.seat h2 { font-size: .9375rem; margin: 0; flex: 1; }
.seat button { font-size: .8125rem; background: none; color: var(--quiet); padding: .25rem .5rem; }
.seat button:hover { color: var(--accent); }
iframe { flex: 1; width: 100%; border: 0; background: var(--ground); }
.choice { display: none; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
details { padding: 0 1rem .625rem; }
summary { cursor: pointer; color: var(--accent); width: max-content; }
details pre { max-height: 40dvh; overflow: auto; margin: .5rem 0 0; }
@media (max-width: 45rem) {
  .choice { display: flex; gap: .5rem; border: 0; margin: 0; padding: 0 .75rem .5rem; }
  .choice label { flex: 1; text-align: center; padding: .375rem; border: 1px solid var(--line); border-radius: 8px; }
  .choice label:has(:checked) { background: var(--accent-ground); color: var(--accent); border-color: var(--accent); }
  .choice label:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px; }
  main.seats { grid-template-columns: 1fr; }
  body:has(#show-0:checked) .seat:nth-child(2), body:has(#show-1:checked) .seat:nth-child(1) { display: none; }
  .top p { display: none; }
}
`;

const DEMO_SCRIPT = `
document.addEventListener("click", ({ target }) => {
  const button = target.closest("button[data-seat]");
  if (!button) return;
  const frame = document.querySelector("#" + button.dataset.seat);
  frame.src = button.dataset.address;
});
`;

const seatFrame = ({ name, origin, address }: SeatView, at: number): Content => {
  const id = `seat-${String(at)}`;
  return html`<section class="seat" aria-labelledby="${id}-name">
    <header>
      <h2 id="${id}-name">${name}</h2>
      <button
        type="button"
        data-seat="${id}"
        data-address="${origin}/"
        aria-label="${name}: all conversations"
      >
        Conversations
      </button>
      <button
        type="button"
        data-seat="${id}"
        data-address="${address}"
        aria-label="${name}: sign this seat in again"
      >
        Sign in again
      </button>
    </header>
    <iframe id="${id}" title="The app, as ${name}" src="${address}" allow="clipboard-write"></iframe>
  </section>`;
};

export const sendDemoPage = (
  response: ServerResponse,
  seats: readonly SeatView[],
  terminal: readonly string[],
): void =>
  sendPage(response, 200, {
    title: "Parley · Ada and Grace",
    style: STYLE + DEMO_STYLE,
    script: DEMO_SCRIPT,
    frames: seats.map(({ origin }) => origin),
    body: html`<div class="top">
        <h1>Two seats, one conversation</h1>
        <p class="small quiet">
          Two separate sessions of the real app on this machine. Write on one side, watch the other.
        </p>
        <nav class="small" aria-label="This machine">
          <a href="/mail">Mail</a><a href="/">What runs here</a>
        </nav>
      </div>
      <details class="small">
        <summary>From a terminal</summary>
        <pre tabindex="0">${terminal.join("\n")}</pre>
      </details>
      <fieldset class="choice">
        <legend class="visually-hidden">Seat to show</legend>
        ${seats.map(
          ({ name }, at) =>
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
      <main class="seats">${seats.map(seatFrame)}</main>`,
  });

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
