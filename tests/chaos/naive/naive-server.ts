// A chat of the usual kind, as tutorials have it: a table of connections that is scanned, messages keyed by the time
// of the function that stores them, a post to every connection, and what becomes of it is nobody's business.

import type { Caller } from "../../../core/domain/caller";
import type { ConnectionId, UserId } from "../../../core/domain/ids";
import { isRecord } from "../checker/frame";
import { membersOf } from "../checker/scene";
import { FunctionRun, type RunWorld } from "../simulation/function-run";
import type { Backend, Gateway } from "../simulation/gateway";

export type NaiveMessage = {
  readonly id: string;
  readonly from: string;
  readonly text: string;
  readonly at: number;
};

export class NaiveServer implements Backend {
  private readonly connections = new Map<ConnectionId, UserId>();
  private readonly tables = new Map<string, Map<number, NaiveMessage>>();

  constructor(private readonly world: RunWorld & { readonly gateway: Gateway }) {}

  messages(conversation: string): readonly NaiveMessage[] {
    const table = this.tables.get(conversation) ?? new Map<number, NaiveMessage>();
    return [...table].sort(([one], [other]) => one - other).map(([, message]) => message);
  }

  connect = async ({ user, connection }: Caller): Promise<boolean> => {
    const done = await this.run("connect", (run) =>
      run.cross("connections.put", async () => {
        this.connections.set(connection, user);
        return true;
      }),
    );
    return done === true;
  };

  disconnect = async ({ connection }: Caller): Promise<void> => {
    await this.run("disconnect", (run) =>
      run.cross("connections.drop", async () => this.connections.delete(connection)),
    );
  };

  frame = async ({ user }: Caller, text: string): Promise<string | undefined> => {
    const frame: unknown = JSON.parse(text);
    if (!isRecord(frame)) return undefined;
    const { action, conversation, id, text: said } = frame;
    if (typeof conversation !== "string" || !membersOf(conversation).includes(user)) return undefined;
    if (action === "history") return this.run("history", (run) => this.history(run, conversation));
    if (typeof id !== "string" || typeof said !== "string") return undefined;
    await this.run("send", (run) => this.store(run, conversation, { id, from: user, text: said }));
    return undefined;
  };

  private history(run: FunctionRun, conversation: string): Promise<string> {
    return run.cross("messages.query", async () =>
      JSON.stringify({ type: "history", conversation, messages: this.messages(conversation) }),
    );
  }

  private async store(run: FunctionRun, conversation: string, said: Omit<NaiveMessage, "at">): Promise<void> {
    const message = { ...said, at: this.world.clock.now() };
    await run.cross("messages.append", async () => {
      const table = this.tables.get(conversation) ?? new Map<number, NaiveMessage>();
      this.tables.set(conversation, table.set(message.at, message));
    });
    const all = await run.cross("connections.scan", async () => [...this.connections]);
    const text = JSON.stringify({ type: "message", conversation, message });
    const members = membersOf(conversation);
    await Promise.all(
      all
        .filter(([, user]) => members.includes(user))
        .map(async ([connection]) => {
          const outcome = await run.cross("push.post", () => this.world.gateway.push(connection, text));
          if (outcome === "gone")
            await run.cross("connections.drop", async () => this.connections.delete(connection));
        }),
    );
  }

  /** What fails is logged somewhere. */
  private async run<T>(route: string, act: (run: FunctionRun) => Promise<T>): Promise<T | undefined> {
    const run = new FunctionRun(this.world, route);
    try {
      return await Promise.race([act(run), run.died.then(() => undefined)]);
    } catch {
      return undefined;
    } finally {
      run.end();
    }
  }
}
