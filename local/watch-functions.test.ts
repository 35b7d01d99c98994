import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createFunctions, type LocalFunctions } from "./functions/functions";
import type { Watch } from "./functions/watch";
import { createMeter } from "./meter/create-meter";
import { type TurnableClock, turnableClock } from "./turnable-clock";
import { watchFunctions } from "./watch-functions";
import { createWeather, type Weather } from "./weather/weather";

const MINUTE_MS = 60_000;

let directory: string;
let functions: LocalFunctions;
let clock: TurnableClock;
let weather: Weather;
let watch: Watch;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "watch-functions-"));
  const code = "let events = 0; exports.handler = async (event) => ({ event, events: ++events });";
  writeFileSync(join(directory, "index.js"), code);
  clock = turnableClock();
  weather = createWeather();
  const iam = { mayOpenLog: () => true, mayWriteLog: () => true };
  watch = watchFunctions({ meter: createMeter(), weather, iam });
  const address = "http://localhost:1";
  functions = createFunctions({
    resources: [
      {
        id: "Echo",
        type: "AWS::Lambda::Function",
        properties: {
          Handler: "index.handler",
          Runtime: "nodejs22.x",
          Role: "arn:aws:iam::000000000000:role/EchoRole",
          Timeout: 5,
        },
      },
    ],
    assetDirectory: () => directory,
    nameOf: () => "Echo",
    region: "us-east-1",
    endpoints: { dynamodb: address, apiGatewayManagement: address, cognitoIdp: address },
    logsDir: join(directory, "logs"),
    ...{ clock, watch },
  });
});
afterEach(async () => {
  await functions.stop();
  rmSync(directory, { recursive: true, force: true });
});

const invoke = (event: string) =>
  functions.invoke("arn:aws:lambda:us-east-1:000000000000:function:Echo", event);

describe("a function in foul weather", () => {
  it("is slow: its event waits on the cloud's clock, and the next one overtakes it", async () => {
    const began = vi.spyOn(watch, "delayMs");
    const done: string[] = [];
    weather.set({ functions: { slow: { p: 1, ms: MINUTE_MS } } });
    const slow = invoke("slow").then(() => void done.push("slow"));
    await vi.waitFor(() => expect(began).toHaveBeenCalled(), { timeout: 60_000 });
    weather.set({});
    await invoke("next").then(() => void done.push("next"));
    expect(done).toEqual(["next"]);
    clock.turn(MINUTE_MS);
    await slow;
    expect(done).toEqual(["next", "slow"]);
  });

  it("is cold: no event finds what the one before it left in the module", async () => {
    const answers = async () => [await invoke("a"), await invoke("b")].map((each) => Object(each).payload);
    weather.set({ functions: { cold: 1 } });
    expect(await answers()).toMatchObject([{ events: 1 }, { events: 1 }]);
    weather.set({});
    expect(await answers()).toMatchObject([{ events: 1 }, { events: 2 }]);
  });
});
