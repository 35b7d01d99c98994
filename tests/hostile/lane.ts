// One hostile socket. It keeps a few messages in flight, and holds every answer against what was asked.

import { once } from "node:events";
import { WebSocket } from "ws";
import * as v from "valibot";
import { REFUSAL_CODES } from "../../core/domain/refusal";
import { VERSION } from "../../core/protocol/version";
import { DOWN, type DownType } from "../../core/protocol/down";
import { expectedOf } from "./expected-answer";
import type { Hostile } from "./hostile-frame";

/** `number`: of the frame, where one can be blamed. */
export type Problem = { readonly what: string; readonly number?: number };

export type LaneSetting = {
  readonly url: string;
  readonly token: string;
  readonly device: string;
  readonly inFlight: number;
  readonly onAnswer: (answered: string) => void;
  readonly onProblem: (problem: Problem) => void;
};

/** The gateway gives a function up after 29 s. */
const PATIENCE_MS = 40_000;

const PUSHES: readonly string[] = ["entries", "marks", "typing", "presence"];

export class Lane {
  private readonly byRef = new Map<string, number[]>();
  private readonly bare: number[] = [];
  /** Waited for by nobody. */
  private readonly told = new Map<string, number>();
  private free: (() => void) | undefined;
  private isEnding = false;

  private constructor(
    private readonly socket: WebSocket,
    private readonly setting: LaneSetting,
  ) {
    socket.on("message", (bytes: Buffer) => this.heard(bytes.toString()));
    socket.on("close", (code: number) => {
      if (!this.isEnding) setting.onProblem(this.blamed(`the socket was closed with ${code}`));
      this.free?.();
    });
  }

  /** A socket that has said hello: a `watch` before it is refused `try-again`, and that would look like a bug. */
  static async open(setting: LaneSetting): Promise<Lane> {
    const socket = new WebSocket(setting.url, ["chat.v1", `jwt.${setting.token}`], {
      perMessageDeflate: false,
    });
    await once(socket, "open");
    socket.send(JSON.stringify({ action: "hello", ref: "hello", device: setting.device, version: VERSION }));
    // A push may come before it.
    for (let heard = ""; !heard.includes('"welcome"');)
      heard = String(((await once(socket, "message")) as [Buffer])[0]);
    return new Lane(socket, setting);
  }

  async send({ number, parts }: Hostile): Promise<void> {
    await this.roomFor(this.setting.inFlight);
    const expected = expectedOf(Buffer.concat(parts).toString());
    if (expected.is === "bare") this.bare.push(number);
    else if (expected.is === "told") this.told.set(expected.ref, number);
    else this.byRef.set(expected.ref, [...(this.byRef.get(expected.ref) ?? []), number]);
    for (const [place, part] of parts.entries())
      this.socket.send(part, { binary: false, fin: place === parts.length - 1 });
  }

  /** Once everything is answered. */
  async end(): Promise<void> {
    await this.roomFor(1);
    this.isEnding = true;
    this.socket.close();
  }

  private async roomFor(most: number): Promise<void> {
    while (this.waiting() >= most && this.socket.readyState === WebSocket.OPEN) {
      const timer = setTimeout(() => {
        this.setting.onProblem(this.blamed(`no answer after ${PATIENCE_MS} ms`));
        this.byRef.clear();
        this.bare.length = 0;
        this.free?.();
      }, PATIENCE_MS);
      await new Promise<void>((resolve) => (this.free = resolve));
      clearTimeout(timer);
    }
  }

  private waiting(): number {
    let waiting = this.bare.length;
    for (const numbers of this.byRef.values()) waiting += numbers.length;
    return waiting;
  }

  private blamed(what: string): Problem {
    const numbers = [...this.bare, ...[...this.byRef.values()].flat()].sort((one, other) => one - other);
    return {
      what: `${what}; waiting were ${numbers.join(", ")}`,
      ...(numbers[0] ? { number: numbers[0] } : {}),
    };
  }

  private heard(text: string): void {
    const frame = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const { type, ref, code } = frame;
    if (typeof ref !== "string" && PUSHES.includes(String(type))) return this.hold(text, frame);
    const asked = typeof ref === "string" ? this.taken(ref) : this.bare.shift();
    const number = asked ?? this.told.get(String(ref));
    const problem = (what: string) =>
      this.setting.onProblem({
        what: `${what}: ${text.slice(0, 300)}`,
        ...(number === undefined ? {} : { number }),
      });
    if (asked === undefined) this.unasked(frame, problem);
    if (typeof ref !== "string" && type !== "pong" && type !== "refused") problem("no word of the protocol");
    if (type === "refused" && !REFUSAL_CODES.some((known) => known === code)) problem("a code of no list");
    if (code === "try-again") problem("a bug of ours, or something of ours has failed");
    this.hold(text, frame);
    this.setting.onAnswer(type === "refused" ? String(code) : String(type));
    this.free?.();
  }

  /** Of what was told only what is more than that it is done is said. */
  private unasked(frame: Readonly<Record<string, unknown>>, problem: (what: string) => void): void {
    if (!this.told.has(String(frame["ref"]))) problem("an answer that nobody has asked for");
    else if (frame["type"] !== "refused" && frame["unreached"] !== true)
      problem("an answer to what was told and is done");
  }

  private taken(ref: string): number | undefined {
    const numbers = this.byRef.get(ref);
    const number = numbers?.shift();
    if (numbers?.length === 0) this.byRef.delete(ref);
    return number;
  }

  private hold(text: string, frame: Readonly<Record<string, unknown>>): void {
    const schema = isDown(frame["type"]) ? DOWN[frame["type"]] : undefined;
    if (schema && v.is(schema, frame)) return;
    this.setting.onProblem({ what: `a frame that PROTOCOL.md does not know: ${text.slice(0, 300)}` });
  }
}

const isDown = (type: unknown): type is DownType => typeof type === "string" && Object.hasOwn(DOWN, type);
