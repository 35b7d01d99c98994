// The control surface of the local cloud.

import type { Usage } from "../../local/meter/usage";
import type { Frame } from "./line";

export type Control = {
  turn(ms: number): Promise<void>;
  weather(settings: object): Promise<void>;
  /** Closed by the gateway; without a code the line breaks. */
  cut(connectionId: string, code?: number): Promise<void>;
  connections(): Promise<readonly string[]>;
  meter(): Promise<Usage>;
  resetMeter(): Promise<void>;
};

export function controlAt({ address, token }: { address: string; token: string }): Control {
  const call = async (method: string, path: string, body?: object): Promise<Frame> => {
    const response = await fetch(`${address}/control${path}`, {
      method,
      headers: { "x-parley-control": token, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`unable to control the local cloud; ${response.status}: ${text}`);
    const parsed: unknown = text === "" ? {} : JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  };
  return {
    turn: async (turnMs) => void (await call("POST", "/clock", { turnMs })),
    weather: async (settings) => void (await call("POST", "/weather", settings)),
    cut: async (connectionId, code) =>
      void (await call("POST", "/cut", { connectionId, ...(code !== undefined && { code }) })),
    connections: async () => {
      const { connections } = await call("GET", "");
      return Array.isArray(connections) ? connections.map((each: { id: string }) => each.id) : [];
    },
    // The meter's own shape: its tests hold it.
    meter: async () => (await call("GET", "/meter")) as unknown as Usage,
    resetMeter: async () => void (await call("POST", "/meter/reset")),
  };
}
