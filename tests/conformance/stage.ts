// The probe as the tests meet it: lines into it, what its functions left behind, the database through one of its
// functions, and time.

import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type Control, controlAt } from "./control";
import { type Frame, frameIn, type Handshake, Line } from "./line";
import type { Place } from "./place";

export type DatabaseAnswer = { readonly status: number; readonly answer: Frame };

/** Ends what never comes. It is no claim about speed: a busy machine, or a cold function far away, takes its time. */
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 15;

export class Stage {
  private readonly lines: Line[] = [];
  private aide: Promise<Line> | undefined;
  private weatherIsSet = false;

  constructor(readonly place: Place) {}

  /** Of the local cloud; a test that asks for it on a deployed stage should have been skipped. */
  get control(): Control {
    if (this.place.control === undefined)
      throw new Error("unable to control a deployed stage; skip this test there");
    return controlAt(this.place.control);
  }

  /** Let in, unless told otherwise. */
  async enter(handshake: Handshake = {}): Promise<Line> {
    const line = await Line.open(this.place.mainUrl, { pass: "allow", ...handshake });
    this.lines.push(line);
    return line;
  }

  async enterBare(): Promise<Line> {
    const line = await Line.open(this.place.bareUrl, {});
    this.lines.push(line);
    return line;
  }

  refused(handshake: Handshake = { pass: "allow" }): Promise<{ status: number; body: string }> {
    return Line.refused(this.place.mainUrl, handshake);
  }

  async connectionOf(line: Line): Promise<string> {
    return String((await line.ask({ action: "whoami" }))["connectionId"]);
  }

  /** Through a function of the probe, with its rights. */
  async database(call: string, input: object, ballast = 0): Promise<DatabaseAnswer> {
    const line = await this.helpingLine();
    const { status, answer } = await line.ask({ action: "database", call, input, ballast });
    const answered = typeof answer === "object" && answer !== null ? { ...answer } : {};
    return { status: Number(status), answer: answered };
  }

  /** `@connections` through the function that may call it. */
  async callBack(method: string, id: string, more: Frame = {}): Promise<Frame> {
    return (await this.helpingLine()).ask({ action: "post", method, id, ...more });
  }

  /** What ended in the queue of failures, one at a time; undefined while it is empty. */
  async failure(): Promise<Frame | undefined> {
    const { failure } = await (await this.helpingLine()).ask({ action: "failures" });
    return typeof failure === "string" ? frameIn(failure) : undefined;
  }

  /** Undefined while nobody has left it. */
  async note(key: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    const { answer } = await this.database("GetItem", {
      TableName: "@Notes",
      Key: { key: { S: key } },
      ConsistentRead: true,
    });
    return answer["Item"] === undefined ? undefined : plain(answer["Item"]);
  }

  noted(key: string): Promise<Readonly<Record<string, unknown>>> {
    return this.eventually(`the note ${key}`, () => this.note(key));
  }

  async leaveNote(key: string): Promise<void> {
    await this.database("PutItem", { TableName: "@Notes", Item: { key: { S: key } } });
  }

  async eventually<Value>(what: string, look: () => Promise<Value | undefined>): Promise<Value> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
      await pause(LOOK_EVERY_MS);
    }
  }

  /** Until the test ends. */
  async weather(settings: object): Promise<void> {
    this.weatherIsSet = true;
    await this.control.weather({ seed: 1, ...settings });
  }

  async fairWeather(): Promise<void> {
    if (this.weatherIsSet) await this.control.weather({});
  }

  /** Turned where there is a clock to turn, waited for where there is none. */
  async pass(ms: number): Promise<void> {
    await this.endHelpingLine();
    if (this.place.control === undefined) await pause(ms);
    else await this.control.turn(ms);
  }

  async leave(): Promise<void> {
    await this.fairWeather();
    await this.endHelpingLine();
    for (const line of this.lines) line.socket.terminate();
  }

  /**
   * Before time passes, in which the gateway may cut an idle line: its close frame reaches a busy machine late, and a
   * request that is sent meanwhile on the dead line is never answered.
   */
  private async endHelpingLine(): Promise<void> {
    const aide = await this.aide?.catch(() => undefined);
    this.aide = undefined;
    aide?.socket.terminate();
  }

  /** A line of our own, besides those that a test watches; opened again when it was cut. */
  private async helpingLine(): Promise<Line> {
    this.aide ??= Line.open(this.place.mainUrl, { pass: "allow" });
    const line = await this.aide;
    if (line.socket.readyState === line.socket.OPEN) return line;
    this.aide = Line.open(this.place.mainUrl, { pass: "allow" });
    return this.aide;
  }
}

export const stageAt = (place: Place): Stage => new Stage(place);

/** Names for what one test leaves behind. */
export const newKey = (): string => randomBytes(9).toString("base64url");

/** An item without DynamoDB's type letters. */
function plain(item: unknown): Readonly<Record<string, unknown>> {
  const fields = typeof item === "object" && item !== null ? Object.entries(item) : [];
  return Object.fromEntries(fields.map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: unknown): unknown {
  const [entry] = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const [type, content] = entry ?? [];
  if (type === "N") return Number(content);
  return type === "L" && Array.isArray(content) ? content.map(plainValue) : content;
}
