// The end of what the functions wrote: enough to see what just went wrong. The files have the rest.

import type { ServerResponse } from "node:http";
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { html, sendPage } from "./html";
import { STYLE } from "./style";

/** A few hundred lines. */
const SHOWN_BYTES = 48 * 1_024;

const endOf = (path: string): string => {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, SHOWN_BYTES));
    readSync(file, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString("utf8");
  } finally {
    closeSync(file);
  }
};

const logsIn = (directory: string): readonly string[] =>
  existsSync(directory)
    ? readdirSync(directory)
        .filter((name) => name.endsWith(".log"))
        .sort()
    : [];

export const sendLogsPage = (response: ServerResponse, directory: string): void => {
  const logs = logsIn(directory);
  sendPage(response, 200, {
    title: "Logs · Parley on this machine",
    style: STYLE,
    body: html`<main>
      <h1>Logs</h1>
      <p class="quiet">The newest lines of each function. All of them are in <code>${directory}</code>.</p>
      <p><a href="/">This machine</a> · <a href="/logs">Read again</a></p>
      ${logs.length === 0 ? html`<p>No function has run yet.</p>` : []}
      ${logs.map(
        (name) =>
          html`<h2 id="${name}">${name.replace(/\.log$/, "")}</h2>
            <pre tabindex="0" aria-label="Log of ${name}">${endOf(join(directory, name))}</pre>`,
      )}
    </main>`,
  });
};
