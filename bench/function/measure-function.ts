import type { Spread } from "../load/figures";
import { bundleFrames } from "./bundle";
import { importTimes } from "./import-time";

export type FunctionFigures = {
  readonly ours: { readonly bytes: number; readonly importMs: Spread };
  readonly onTheSdk: { readonly bytes: number; readonly importMs: Spread };
  /** Ours to the SDK version's. */
  readonly importRatio: number;
};

/** An odd number has a middle; fewer would let one slow process speak for all. */
const TIMES = 21;

export async function measureFunction(): Promise<FunctionFigures> {
  const [ours, sdk] = [await bundleFrames("ours"), await bundleFrames("on the SDK")];
  const [oursMs, sdkMs] = importTimes([ours.file, sdk.file], TIMES);
  if (!oursMs || !sdkMs) throw new Error("unable to compare the message function; nothing was measured");
  return {
    ours: { bytes: ours.bytes, importMs: oursMs },
    onTheSdk: { bytes: sdk.bytes, importMs: sdkMs },
    importRatio: oursMs.median / sdkMs.median,
  };
}

export function functionLines({ ours, onTheSdk, importRatio }: FunctionFigures): readonly string[] {
  const line = (name: string, { bytes, importMs }: FunctionFigures["ours"]) =>
    `${name.padEnd(34)} ${(bytes / 1_000).toFixed(1).padStart(6)} KB, loaded in ${importMs.median.toFixed(1).padStart(5)} ms`;
  return [
    line("message function", ours),
    line("message function, on the AWS SDK", onTheSdk),
    `${"of the SDK version".padEnd(34)} ${percent(ours.bytes / onTheSdk.bytes)} of the size, ${percent(importRatio)} of the time to load`,
  ];
}

const percent = (part: number) => `${(part * 100).toFixed(0)} %`;
