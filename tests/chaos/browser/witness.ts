// In the page, before anything of the app: tells what it shows, stores, says and hears. It changes nothing of it.

import { BINDING, type Row, type Telling } from "./told";

type Tell = (text: string) => Promise<void>;

// Playwright has put it there before this runs.
const toTest = (window as unknown as Readonly<Record<string, Tell>>)[BINDING];
const tell = (telling: Telling) => void toTest?.(JSON.stringify({ at: Date.now(), ...telling }));

const page = Math.random().toString(36).slice(2);
let sockets = 0;

window.WebSocket = class extends WebSocket {
  private readonly name = `${page}-${(sockets += 1)}`;

  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    this.addEventListener("message", ({ data }) => {
      if (typeof data === "string") tell({ is: "heard", socket: this.name, text: data });
    });
  }

  override send(data: string | ArrayBuffer | Blob | ArrayBufferView<ArrayBuffer>): void {
    if (typeof data === "string") tell({ is: "up", socket: this.name, text: data });
    super.send(data);
  }
};

const reached = new WeakMap<IDBTransaction, Map<string, number>>();

/** On the disk is what its transaction has completed, and not what was put. */
function noteEntry(transaction: IDBTransaction, value: unknown): void {
  if (typeof value !== "object" || value === null || !("seq" in value) || !("conversation" in value)) return;
  const [conversation, seq] = [String(value.conversation), Number(value.seq)];
  const known = reached.get(transaction);
  const highest = known ?? new Map<string, number>();
  highest.set(conversation, Math.max(highest.get(conversation) ?? 0, seq));
  if (known) return;
  reached.set(transaction, highest);
  transaction.addEventListener("complete", () => {
    for (const [name, upTo] of highest) tell({ is: "stored", conversation: name, upTo });
  });
}

type Item = { readonly id: string; readonly body?: { readonly text?: string } };

function noteItem(transaction: IDBTransaction, value: unknown): void {
  // Of this very version of the app.
  const { id, body } = value as Item;
  const text = body?.text;
  if (text !== undefined) transaction.addEventListener("complete", () => tell({ is: "kept", id, text }));
}

// It is called on the store that it was taken from.
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
  if (this.name === "entries") noteEntry(this.transaction, value);
  if (this.name === "outbox") noteItem(this.transaction, value);
  return key === undefined ? put.call(this, value) : put.call(this, value, key);
};

function rowOf(article: HTMLElement): Row {
  const text = article.querySelector("p")?.textContent;
  const tick = article.querySelector<HTMLElement>("[data-progress]")?.dataset["progress"];
  return {
    key: article.dataset["entry"] ?? "",
    mine: article.dataset["mine"] !== undefined,
    ...(text !== undefined && { text }),
    ...(tick !== undefined && { tick }),
  };
}

let shown = "";
function look(): void {
  const log = document.querySelector("[role=log]");
  if (!log) return;
  const rows = [...log.querySelectorAll<HTMLElement>("article[data-entry]")].map(rowOf);
  const typing = log.textContent.includes("typing…");
  const shows: Telling = { is: "shows", rows, typing };
  const now = JSON.stringify(shows);
  if (now === shown) return;
  shown = now;
  tell(shows);
}

tell({ is: "begun" });
new MutationObserver(look).observe(document, {
  subtree: true,
  childList: true,
  characterData: true,
  attributes: true,
  attributeFilter: ["data-progress", "data-entry"],
});
