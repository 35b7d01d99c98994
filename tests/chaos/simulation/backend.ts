// The product's handlers over memory adapters: what amplify/chat/handlers do, with each call of a port a crossing.

import type { Caller } from "../../../core/domain/caller";
import { leave } from "../../../core/domain/leave";
import { CONNECTION_MS, RATE_MESSAGES } from "../../../core/domain/limits";
import type { Entry } from "../../../core/domain/entry";
import type { Push } from "../../../core/domain/ports/push";
import type { ServePorts } from "../../../core/protocol/serve";
import { isTold } from "../../../core/protocol/told";
import { encodeNotice } from "../../../core/protocol/wire";
import { MemoryConnections, MemoryWatches } from "../../../core/testing/memory-connections";
import { MemoryInbox } from "../../../core/testing/memory-inbox";
import { MemoryLog } from "../../../core/testing/memory-log";
import { MemoryPeople } from "../../../core/testing/memory-people";
import type { Recorder } from "../history/recorder";
import { crossing } from "./crossing";
import { FunctionRun, Injected, type RunWorld } from "./function-run";
import type { Backend, Gateway } from "./gateway";
import { observedConnections, observedInbox, observedLog, type Cost } from "./observed";
import type { Pieces } from "./pieces";
import { Stream } from "./stream";

const PING = '{"action":"ping"}';
const PONG = '{"type":"pong"}';
/** What the gateway answers when a function does not. */
const FAILED = JSON.stringify({ message: "Internal server error", connectionId: "x", requestId: "x" });

export class ParleyBackend implements Backend {
  readonly log = new MemoryLog();
  readonly inbox: MemoryInbox;
  readonly people = new MemoryPeople();
  readonly connections = new MemoryConnections();
  readonly cost: Cost = { puts: 0, writes: 0 };
  /** As a function has them, but every call is at once. */
  readonly ports: ServePorts;

  readonly stream: Stream;

  constructor(
    private readonly world: RunWorld & { readonly recorder: Recorder; readonly gateway: Gateway },
    private readonly pieces: Pieces,
  ) {
    const { recorder, gateway, clock, random } = world;
    this.inbox = pieces.inbox ?? new MemoryInbox();
    const push: Push = {
      push: async (connection, notice) => {
        for (const frame of encodeNotice(notice)) {
          const outcome = await gateway.push(connection, JSON.stringify(frame));
          if (outcome !== "sent") return outcome;
        }
        return "sent";
      },
    };
    this.stream = new Stream(world, (entries) => this.relay(entries));
    this.ports = {
      log: observedLog(this.log, this.cost, (entry) => this.stream.put(entry)),
      inbox: observedInbox(this.inbox, recorder, this.cost),
      connections: observedConnections(this.connections, recorder),
      watches: new MemoryWatches(),
      people: this.people,
      push,
      clock,
      random,
      pace: { entriesAWindow: RATE_MESSAGES },
      report: (error) => this.report(error),
    };
  }

  connect = async ({ user, connection }: Caller): Promise<boolean> => {
    const { now } = this.world.clock;
    const done = await this.run("connect", async (ports) => {
      await ports.connections.connecting(user, connection, now.call(this.world.clock) + CONNECTION_MS);
      return true;
    });
    return done === true;
  };

  frame = async (caller: Caller, text: string): Promise<string | undefined> => {
    if (text === PING) return PONG;
    const route = routeOf(text);
    const answer = await this.run(route, (ports) => this.pieces.serve(ports, caller, text));
    if (answer === undefined) return FAILED;
    return isTold(route) ? undefined : JSON.stringify(answer);
  };

  disconnect = async (caller: Caller): Promise<void> => {
    await this.run("disconnect", (ports) => leave(ports, caller));
  };

  private async relay(entries: readonly Entry[]): Promise<readonly Entry[] | "died"> {
    const stranded = await this.run("relay", (ports) => this.pieces.relay(ports, entries));
    return stranded?.map(({ entry }) => entry) ?? "died";
  }

  /** Undefined: it has not come to its end. */
  private async run<T>(route: string, act: (ports: ServePorts) => Promise<T>): Promise<T | undefined> {
    const run = new FunctionRun(this.world, route);
    try {
      const done = act(this.pieces.ports(crossing(this.ports, run), this.ports));
      return await Promise.race([done, run.died.then(() => undefined)]);
    } catch (error) {
      this.report(error);
      return undefined;
    } finally {
      run.end();
    }
  }

  private report(error: unknown): void {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.world.recorder.tell({ is: "problem", ours: !(error instanceof Injected), why });
  }
}

function routeOf(text: string): string {
  const [, action] = /"action":"(\w+)"/.exec(text) ?? [];
  return action ?? "frames";
}
