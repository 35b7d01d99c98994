// The control surface of the running cloud, as local/control/create-control.ts has it.

import * as v from "valibot";
import { CONTROL_HEADER } from "../../../local/control/create-control";
import type { Usage } from "../../../local/meter/usage";
import type { WeatherSettings } from "../../../local/weather/settings";

export type ControlAddress = { readonly address: string; readonly token: string };

const state = v.object({ connections: v.array(v.object({ id: v.string() })) });
const queues = v.array(v.object({ visible: v.number(), inFlight: v.number(), delayed: v.number() }));

/** A cloud that is being killed answers nothing. */
const PATIENCE_MS = 10_000;

export class Control {
  constructor(private readonly at: () => ControlAddress) {}

  turn(turnMs: number): Promise<unknown> {
    return this.ask("POST", "clock", { turnMs });
  }

  weather(settings: Partial<WeatherSettings>): Promise<unknown> {
    return this.ask("POST", "weather", settings);
  }

  async connections(): Promise<readonly string[]> {
    return v.parse(state, await this.ask("GET", "")).connections.map(({ id }) => id);
  }

  cut(cut: { readonly connectionId?: string; readonly code?: number }): Promise<unknown> {
    return this.ask("POST", "cut", cut);
  }

  kill(what: "environments" | "engine" | "cloud", functionName?: string): Promise<unknown> {
    return this.ask("POST", "kill", {
      what,
      ...(functionName === undefined ? {} : { function: functionName }),
    });
  }

  async meter(): Promise<Usage> {
    // The cloud's own snapshot, of this very version of the code.
    return (await this.ask("GET", "meter")) as Usage;
  }

  resetMeter(): Promise<unknown> {
    return this.ask("POST", "meter/reset", {});
  }

  /** What lies in all queues together; there are only dead-letter queues. */
  async deadLetters(): Promise<number> {
    const all = v.parse(queues, await this.ask("GET", "queues"));
    return all.reduce((sum, { visible, inFlight, delayed }) => sum + visible + inFlight + delayed, 0);
  }

  private async ask(method: "GET" | "POST", path: string, body?: object): Promise<unknown> {
    const { address, token } = this.at();
    const response = await fetch(`${address}/control${path === "" ? "" : `/${path}`}`, {
      method,
      headers: { [CONTROL_HEADER]: token },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`unable to ${method} ${path}; ${JSON.stringify(answer)}`);
    return answer;
  }
}
