import type { ServerResponse } from "node:http";
import { html, sendPage } from "./html";
import { STYLE } from "./style";

export type Link = { readonly title: string; readonly address: string; readonly what: string };
/** One thing that runs, and as what: "Tables", "dynoxide, in .local/tables". */
export type Running = { readonly name: string; readonly as: string };

export type Front = {
  readonly links: readonly Link[];
  readonly running: readonly Running[];
};

export const sendFrontPage = (response: ServerResponse, { links, running }: Front): void =>
  sendPage(response, 200, {
    title: "Parley on this machine",
    style: STYLE,
    body: html`<main>
      <h1>Parley on this machine</h1>
      <p class="quiet">
        The backend’s own template, run here: its tables, functions, socket and user pool. Nothing of it
        leaves this computer.
      </p>
      <ul class="plain">
        ${links.map(
          ({ title, address, what }) =>
            html`<li>
              <a class="card" href="${address}">
                <h3>${title}</h3>
                <p class="quiet">${what}</p>
              </a>
            </li>`,
        )}
      </ul>
      <h2>What runs</h2>
      <dl>
        ${running.map(
          ({ name, as }) =>
            html`<dt>${name}</dt>
              <dd>${as}</dd>`,
        )}
      </dl>
      <h2>For this machine only</h2>
      <p class="note quiet">
        It answers on loopback, for development, tests and demonstrations. Codes and tokens are shown openly
        here: never put it on a network.
      </p>
    </main>`,
  });
