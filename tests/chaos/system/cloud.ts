// The local cloud as `npm start` runs it, without the app: a process of its own that is supervised, killed with -9
// and comes back on its files. Everybody's time is turned together with its own.

import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Usage } from "../../../local/meter/usage";
import { freePort } from "../../../local/ports";
import { superviseCloud, type Supervised } from "../../../local/supervise";
import { synthesize } from "../../../local/synth/synthesize";
import type { Announcement } from "../../../local/announcement";
import type { WeatherSettings } from "../../../local/weather/settings";
import { place, type Place } from "../../fixtures/place";
import { TEST_SYSTEM } from "../../fixtures/system";
import { Control } from "./control";
import { LeapingClock } from "./leaping-clock";
import { Tables } from "./tables";

const BACK_WITHIN_MS = 300_000;
const LOOK_EVERY_MS = 10;

export class SystemCloud {
  readonly control: Control;
  readonly tables: Tables;
  /** Of the clients. The cloud has its own, turned as far. */
  readonly time = new LeapingClock();
  /** What was used by processes that are no more. */
  readonly used: Usage[] = [];
  isUp = false;
  private readonly said: string[] = [];
  private announcement: Announcement | undefined;
  private supervised: Supervised | undefined;
  private weather: Partial<WeatherSettings> = {};
  private lost: unknown;

  private constructor(
    readonly dataDir: string,
    private readonly port: number,
  ) {
    this.tables = new Tables(dataDir);
    this.control = new Control(() => ({
      address: `http://localhost:${this.port}`,
      token: this.announcement?.controlToken ?? "",
    }));
  }

  static async start(dataDir: string): Promise<SystemCloud> {
    rmSync(dataDir, { recursive: true, force: true });
    mkdirSync(dataDir, { recursive: true });
    // The assembly of the tests' other clouds: it is named by its sources, and takes long to make.
    await synthesize({ outDir: TEST_SYSTEM.assemblies });
    symlinkSync(resolve(TEST_SYSTEM.assemblies), join(dataDir, "assembly"));
    const cloud = new SystemCloud(dataDir, await freePort());
    Object.assign(process.env, {
      PARLEY_APP_PORT: String(await freePort()),
      PARLEY_CLOUD_PORT: String(cloud.port),
      PARLEY_DATA: dataDir,
      PARLEY_OUTPUTS_FILE: join(dataDir, "amplify_outputs.json"),
      PARLEY_CLOCK_AHEAD_MS: "0",
    });
    const tell = {
      line: (line: string) => void cloud.said.push(line),
      ready: (announcement: Announcement) => void cloud.ready(announcement),
      gaveUp: (problem: unknown) => (cloud.lost = problem),
    };
    try {
      cloud.supervised = await superviseCloud({ ...OPTIONS, dataDir, cloudPort: cloud.port }, tell);
    } catch (cause) {
      throw new Error(`unable to begin; the cloud said:\n${cloud.lastWords}`, { cause });
    }
    await cloud.back();
    return cloud;
  }

  private get lastWords(): string {
    return this.said.slice(-15).join("\n");
  }

  get place(): Place {
    return place();
  }

  get pid(): number | undefined {
    return this.announcement?.pid;
  }

  /** Weather does not outlive a process; it is set again when there is another. */
  async setWeather(settings: Partial<WeatherSettings>): Promise<void> {
    this.weather = settings;
    if (this.isUp) await this.control.weather(settings).catch(ignored);
  }

  /** Whole milliseconds. `settled`: awaited before the devices follow. False: it was down. */
  async turn(byMs: number, settled: () => Promise<void> = async () => {}): Promise<boolean> {
    if (!this.isUp) return false;
    try {
      await this.control.turn(byMs);
    } catch {
      return false;
    }
    await settled();
    this.time.leap(byMs);
    return true;
  }

  /** As a power cut would. What it has used is asked for first. */
  async kill(): Promise<boolean> {
    const { pid } = this;
    if (!this.isUp || pid === undefined) return false;
    this.isUp = false;
    const used = await this.control.meter().catch(() => undefined);
    if (used) this.used.push(used);
    process.env["PARLEY_CLOCK_AHEAD_MS"] = String(this.time.aheadMs);
    process.kill(pid, "SIGKILL");
    return true;
  }

  async back(): Promise<void> {
    const deadline = Date.now() + BACK_WITHIN_MS;
    while (!this.isUp) {
      if (this.lost !== undefined || Date.now() > deadline)
        throw new Error(`unable to go on; the cloud did not come back:\n${this.lastWords}`);
      await pause(LOOK_EVERY_MS);
    }
  }

  get logsDir(): string | undefined {
    const dir = join(this.dataDir, "logs");
    return existsSync(dir) ? dir : undefined;
  }

  async stop(): Promise<void> {
    this.isUp = false;
    await this.supervised?.stop();
  }

  private async ready(announcement: Announcement): Promise<void> {
    this.announcement = announcement;
    await this.control.weather(this.weather).catch(ignored);
    this.isUp = true;
  }
}

const OPTIONS = { appPort: 0, outputsFile: "", buildDir: "", clockAheadMs: 0 };
/** It is being killed; the next one is told. */
const ignored = () => undefined;
