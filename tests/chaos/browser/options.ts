// npm run chaos:browser -- [--messages 200] [--faults 60] [--seed 1] [--out .local/chaos]

import { parseArgs } from "node:util";

export type BrowserOptions = {
  readonly messages: number;
  readonly faults: number;
  readonly seed: number;
  readonly outDir: string;
};

export function readBrowserOptions(words: readonly string[]): BrowserOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      messages: { type: "string", default: "200" },
      faults: { type: "string", default: "60" },
      seed: { type: "string", default: "1" },
      out: { type: "string", default: ".local/chaos" },
    },
  });
  const [messages = 0, faults = 0, seed = 0] = [values.messages, values.faults, values.seed].map(wholeNumber);
  return { messages, faults, seed, outDir: values.out };
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`unable to begin; ${text} is no whole number`);
  return Number(text);
}
