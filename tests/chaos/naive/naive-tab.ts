// Its page: sends what is typed if the socket is open, shows what comes, loads the history when it connects.

import type { ConversationId, UserId } from "../../../core/domain/ids";
import { SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX } from "../../../core/protocol/version";
import { isRecord } from "../checker/frame";
import type { Shown } from "../history/event";
import { spliceOf } from "../history/view-diff";
import type { Line, NamedSocket } from "../simulation/gateway";
import type { World } from "../simulation/world";

const AGAIN_MS = 1_000;

export class NaiveTab {
  readonly line: Line;
  private socket: { readonly it: NamedSocket; open: boolean } | undefined;
  private view: readonly Shown[] = [];

  constructor(
    private readonly world: World,
    readonly name: string,
    readonly user: UserId,
    readonly conversation: ConversationId,
  ) {
    this.line = { tab: name, user, alive: true };
    world.recorder.tell({ is: "tab", tab: name, profile: name, user, store: "new" });
    this.connect();
  }

  get shown(): readonly Shown[] {
    return this.view;
  }

  say(text: string): void {
    const { recorder, ids } = this.world;
    const [op, id, { conversation }] = [recorder.nextOperation(), ids.entry(), this];
    recorder.tell({ is: "op", op, tab: this.name, what: "send", conversation, text });
    if (this.socket?.open)
      this.socket.it.send(JSON.stringify({ action: "sendMessage", conversation, id, text }));
    recorder.tell({ is: "answered", op, answer: "ok", id });
  }

  reload(): void {
    this.world.recorder.tell({
      is: "tab",
      tab: this.name,
      profile: this.name,
      user: this.user,
      store: "new",
    });
    this.view = [];
    this.socket?.it.close();
  }

  private connect(): void {
    const { gateway, tokens, recorder } = this.world;
    const request = {
      url: "",
      protocols: [SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX + tokens.issue(this.user).jwt],
    };
    const it: NamedSocket = gateway.connect(this.line, request, {
      opened: () => {
        if (this.socket?.it === it) this.socket.open = true;
        it.send(JSON.stringify({ action: "history", conversation: this.conversation }));
      },
      message: (text) => {
        recorder.tell({ is: "heard", tab: this.name, socket: it.connection, text });
        this.hear(text);
      },
      closed: () => {
        if (this.socket?.it !== it) return;
        this.socket = undefined;
        this.world.clock.after(AGAIN_MS, () => this.connect());
      },
    });
    this.socket = { it, open: false };
  }

  private hear(text: string): void {
    const frame: unknown = JSON.parse(text);
    if (!isRecord(frame)) return;
    if (Array.isArray(frame["messages"])) this.draw(frame["messages"].flatMap(shownOf));
    else this.draw([...this.view, ...shownOf(frame["message"])]);
  }

  private draw(now: readonly Shown[]): void {
    const splice = spliceOf(this.view, now);
    this.view = now;
    const { name: tab, conversation } = this;
    const rest = { unread: 0, typing: false, closed: false };
    this.world.recorder.tell({ is: "view", tab, conversation, ...splice, ...rest });
  }
}

function shownOf(message: unknown): readonly Shown[] {
  if (!isRecord(message)) return [];
  const { id, from, text } = message;
  if (typeof id !== "string" || typeof from !== "string" || typeof text !== "string") return [];
  return [{ id, from, kind: "message", text }];
}
