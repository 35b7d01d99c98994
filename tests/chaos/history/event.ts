// A history: what happened in a run, one event a line of JSON, in the order in which it happened. The same for a
// simulation, for the whole system on one machine, for two browsers and for a deployed stage: what only a simulation can see of the
// server (`row`, `watermarks`, `problem`) is simply absent elsewhere, and the rules that need it count nothing.
//
//   { "at": 1767225600005, "is": "op", "op": 17, "tab": "ada-1", "what": "send", "conversation": "d.…", "text": "hello" }
//   { "at": 1767225600006, "is": "view", "tab": "ada-1", "conversation": "d.…", "from": 12, "cut": 0, "entries": [ … ], … }
//   { "at": 1767225600030, "is": "heard", "tab": "ada-1", "socket": "L0SM9cOFvHcCIhw=", "text": "{\"type\":\"ok\",…}" }
//
// `at` is the run's own clock in milliseconds (virtual in a simulation). A profile is one browser with one store and
// one outbox; a tab is one running client in it.

export const LAYERS = ["simulation", "system", "browser"] as const;
export type Layer = (typeof LAYERS)[number];

export const FAULT_KINDS = [
  ...(["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N10"] as const),
  ...(["N11", "N12", "N13", "N14", "N15", "N16", "N17", "N18", "N19"] as const),
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** An entry as a screen would draw it. */
export type Shown = {
  readonly id: string;
  readonly from: string;
  /** Absent while it waits for its place. */
  readonly seq?: number;
  readonly kind: "message" | "deleted" | "closed" | "opened";
  readonly text?: string;
  /** Only on one's own messages. */
  readonly tick?: "waiting" | "sent" | "delivered" | "read" | "failed";
  /** "👍 ada,grace": what each reaction shows. */
  readonly reactions?: readonly string[];
};

export type LogEntry = {
  readonly seq: number;
  readonly id: string;
  readonly from: string;
  readonly kind: string;
  readonly text?: string;
  readonly target?: number;
  /** Of an erased one: what it was written as. */
  readonly was?: "message" | "edit";
  /** As they show, see Shown. */
  readonly reactions?: readonly string[];
};

export type Operation =
  | { readonly what: "send"; readonly conversation: string; readonly text: string }
  | { readonly what: "edit"; readonly conversation: string; readonly id: string; readonly text: string }
  | {
      readonly what: "delete" | "undo" | "retry" | "discard";
      readonly conversation: string;
      readonly id: string;
    }
  | {
      readonly what: "react";
      readonly conversation: string;
      readonly from: string;
      readonly id: string;
      readonly emoji?: string;
    }
  | { readonly what: "shown"; readonly conversation: string; readonly seq: number }
  | { readonly what: "block" | "unblock" | "typing" | "look" | "older"; readonly conversation: string };

export type Happening =
  | {
      readonly is: "begin";
      readonly layer: Layer;
      readonly subject: "parley" | "naive";
      readonly seed: number;
      readonly planted?: string;
    }
  | { readonly is: "person"; readonly user: string; readonly handle: string }
  /** A client begins to run. `store` "new": nothing is left of what this profile kept before. */
  | {
      readonly is: "tab";
      readonly tab: string;
      readonly profile: string;
      readonly user: string;
      readonly store: "kept" | "new";
    }
  /** It was closed or has crashed. */
  | { readonly is: "tab-gone"; readonly tab: string }
  | ({ readonly is: "op"; readonly op: number; readonly tab: string } & Operation)
  /** What the client said to that operation. `id` names what was written. */
  | {
      readonly is: "answered";
      readonly op: number;
      readonly answer: "ok" | "refused" | "unreachable";
      readonly id?: string;
    }
  /** The view changed: from index `from` on, `cut` entries made room for these. */
  | {
      readonly is: "view";
      readonly tab: string;
      readonly conversation: string;
      readonly from: number;
      readonly cut: number;
      readonly entries: readonly Shown[];
      readonly unread: number;
      readonly typing: boolean;
      readonly presence?: "online" | "offline";
      readonly closed: boolean;
    }
  /** What the person is told of the line. */
  | { readonly is: "line"; readonly tab: string; readonly line: string }
  | {
      readonly is: "socket";
      readonly tab: string;
      readonly user: string;
      readonly socket: string;
      readonly what: "asked" | "opened" | "dropped by the client" | "lost";
    }
  /** A frame as the client handed it over, and as it reached the client. */
  | { readonly is: "up"; readonly tab: string; readonly socket: string; readonly text: string }
  | { readonly is: "heard"; readonly tab: string; readonly socket: string; readonly text: string }
  /** A frame that no client of ours would send. */
  | { readonly is: "hostile"; readonly tab: string; readonly socket: string; readonly text: string }
  /** The log of a conversation is on this profile's disk up to here. */
  | {
      readonly is: "stored";
      readonly profile: string;
      readonly conversation: string;
      readonly upTo: number;
    }
  /** The store refused, or was wiped by the browser: what waited there may be gone without anybody's fault. */
  | { readonly is: "store-failed"; readonly profile: string }
  | {
      readonly is: "row";
      readonly user: string;
      readonly socket: string;
      readonly what: "ready" | "gone";
    }
  | {
      readonly is: "watermarks";
      readonly user: string;
      readonly conversation: string;
      readonly delivered: number;
      readonly read: number;
    }
  | { readonly is: "fault"; readonly kind: FaultKind; readonly what: string }
  /** Thrown by the server's code and no refusal. `ours`: not what the harness has made fail. */
  | { readonly is: "problem"; readonly ours: boolean; readonly why: string }
  /** From here on nothing is disturbed. */
  | { readonly is: "calm" }
  /** Time to heal is over. `whole`: every view is to be complete, else only what is looked at or was told of. */
  | {
      readonly is: "rest";
      readonly whole: boolean;
      readonly healedMs?: number;
      readonly looked: Readonly<Record<string, string>>;
      /** Where each log stood then; absent: where it stands in the end. */
      readonly tails?: Readonly<Record<string, number>>;
    }
  /** With nothing disturbed but a line or a push: how long something said took to be on this tab that was live. */
  | { readonly is: "prompt"; readonly tab: string; readonly tookMs?: number; readonly when: string }
  | { readonly is: "log"; readonly conversation: string; readonly entries: readonly LogEntry[] }
  | {
      readonly is: "inbox";
      readonly user: string;
      readonly conversation: string;
      readonly delivered: number;
      readonly read: number;
    }
  | { readonly is: "outbox"; readonly profile: string; readonly items: readonly OutboxLeft[] }
  /** Long after all sockets have gone: those that the server still takes for connected. */
  | { readonly is: "ghosts"; readonly user: string; readonly sockets: readonly string[] }
  | { readonly is: "dead-letters"; readonly found: number; readonly planted: number }
  | { readonly is: "cost"; readonly puts: number; readonly writes: number };

export type OutboxLeft = {
  readonly id: string;
  readonly conversation: string;
  readonly kind: string;
  readonly state: "waiting" | "failed";
};

export type HistoryEvent = { readonly at: number } & Happening;
export type History = readonly HistoryEvent[];
