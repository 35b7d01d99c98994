// What is known at each event of a replay: who is who, what each tab shows, and, from the beginning, the final logs.

import type { Frame } from "./frame";
import type { History, HistoryEvent, LogEntry, Shown } from "../history/event";

export type Of<K extends HistoryEvent["is"]> = Extract<HistoryEvent, { readonly is: K }>;
export type TabOf = Of<"tab">;

/** An entry that changes another shows in that one, and has no line of its own. */
export const isHidden = ({ kind, was }: LogEntry): boolean =>
  kind === "edit" || kind === "delete" || kind === "reaction" || was === "edit";

export class FinalLog {
  readonly bySeq: ReadonlyMap<number, LogEntry>;
  readonly seqs: ReadonlyMap<string, number>;
  /** For each entry how many with a line of their own stand up to it. */
  private readonly ranks = new Map<number, number>();
  readonly shown: readonly LogEntry[];

  constructor(readonly entries: readonly LogEntry[]) {
    this.bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
    this.seqs = new Map(entries.map((entry) => [keyOf(entry.from, entry.id), entry.seq]));
    this.shown = entries.filter((entry) => !isHidden(entry));
    for (const [index, { seq }] of this.shown.entries()) this.ranks.set(seq, index + 1);
  }

  get tail(): number {
    return this.entries.at(-1)?.seq ?? 0;
  }

  seqOf(from: string, id: string): number | undefined {
    return this.seqs.get(keyOf(from, id));
  }

  /** Whether no line of the log is left out between them. */
  adjoin(before: number, after: number): boolean {
    const [one, other] = [this.ranks.get(before), this.ranks.get(after)];
    return one !== undefined && other === one + 1;
  }
}

/** Ids are a person's own. */
export const keyOf = (from: string, id: string): string => `${from} ${id}`;

const EMPTY_LOG = new FinalLog([]);

export class Scene {
  readonly handles = new Map<string, string>();
  readonly tabs = new Map<string, TabOf>();
  readonly lines = new Map<string, string>();
  /**
   * What a question was about, by its socket and `ref`. Of two with one `ref` nobody knows which one an answer is for:
   * what a fault says again on another socket still has the `ref` of the old one.
   */
  private readonly questions = new Map<string, string | undefined>();
  private readonly logs = new Map<string, FinalLog>();
  private readonly views = new Map<string, Shown[]>();

  constructor(history: History) {
    for (const event of history)
      if (event.is === "log") this.logs.set(event.conversation, new FinalLog(event.entries));
  }

  log(conversation: string): FinalLog {
    return this.logs.get(conversation) ?? EMPTY_LOG;
  }

  allLogs(): readonly (readonly [string, FinalLog])[] {
    return [...this.logs];
  }

  view(tab: string, conversation: string): readonly Shown[] {
    return this.views.get(`${tab} ${conversation}`) ?? [];
  }

  userOf(tab: string): string {
    return this.tabs.get(tab)?.user ?? "";
  }

  profileOf(tab: string): string {
    return this.tabs.get(tab)?.profile ?? "";
  }

  nameOf(user: string): string {
    return this.handles.get(user) ?? user;
  }

  /** The conversation that an answer is about. */
  askedAbout(socket: string, { ref, conversation }: Frame): string | undefined {
    return conversation ?? this.questions.get(`${socket} ${ref ?? ""}`);
  }

  private ask(question: string, conversation: string): void {
    const isOther = this.questions.has(question) && this.questions.get(question) !== conversation;
    this.questions.set(question, isOther ? undefined : conversation);
  }

  /** Before the rules hear of the event. */
  follow(event: HistoryEvent, frame: Frame | undefined): void {
    if (
      frame?.ref !== undefined &&
      frame.conversation !== undefined &&
      (event.is === "up" || event.is === "hostile")
    )
      this.ask(`${event.socket} ${frame.ref}`, frame.conversation);
    if (event.is === "person") this.handles.set(event.user, event.handle);
    else if (event.is === "line") this.lines.set(event.tab, event.line);
    else if (event.is === "tab-gone") {
      this.tabs.delete(event.tab);
      this.lines.delete(event.tab);
    } else if (event.is === "tab") {
      this.tabs.set(event.tab, event);
      // What it said of its line was said by the client that ran there before.
      this.lines.delete(event.tab);
      for (const key of this.views.keys()) if (key.startsWith(`${event.tab} `)) this.views.delete(key);
    } else if (event.is === "view") {
      const key = `${event.tab} ${event.conversation}`;
      const view = this.views.get(key) ?? [];
      view.splice(event.from, event.cut, ...event.entries);
      this.views.set(key, view);
    }
  }
}

/** `d.<one>.<other>`: who may see what is in a direct conversation. */
export const membersOf = (conversation: string): readonly string[] => conversation.split(".").slice(1);
export const peerOf = (conversation: string, user: string): string =>
  membersOf(conversation).find((member) => member !== user) ?? "";
