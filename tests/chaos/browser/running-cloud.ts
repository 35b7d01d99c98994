// The cloud of a system that runs already, app and all: its control surface, its tables and its process.

import { setTimeout as pause } from "node:timers/promises";
import { readAnnouncement } from "../../../local/announcement";
import type { Usage } from "../../../local/meter/usage";
import type { WeatherSettings } from "../../../local/weather/settings";
import { TEST_SYSTEM } from "../../fixtures/system";
import { Control } from "../system/control";
import { Tables } from "../system/tables";

const BACK_WITHIN_MS = 300_000;
const LOOK_EVERY_MS = 10;

const announced = () => readAnnouncement(TEST_SYSTEM.announcementFile);

export class RunningCloud {
  readonly tables = new Tables(TEST_SYSTEM.dataDir);
  readonly control = new Control(() => ({
    address: TEST_SYSTEM.cloudAddress,
    token: announced()?.controlToken ?? "",
  }));
  /** What was used by processes that are no more. */
  readonly used: Usage[] = [];
  readonly logsDir = `${TEST_SYSTEM.dataDir}/logs`;
  private weather: Partial<WeatherSettings> = {};
  private killed: number | undefined;

  get isUp(): boolean {
    const pid = announced()?.pid;
    return pid !== undefined && pid !== this.killed;
  }

  async setWeather(settings: Partial<WeatherSettings>): Promise<void> {
    this.weather = settings;
    // One that is being killed is told when it is back.
    if (this.isUp) await this.control.weather(settings).catch(() => undefined);
  }

  async kill(): Promise<boolean> {
    const pid = announced()?.pid;
    if (!this.isUp || pid === undefined) return false;
    const used = await this.control.meter().catch(() => undefined);
    if (used) this.used.push(used);
    this.killed = pid;
    process.kill(pid, "SIGKILL");
    return true;
  }

  async back(): Promise<void> {
    const deadline = Date.now() + BACK_WITHIN_MS;
    while (!this.isUp) {
      if (Date.now() > deadline) throw new Error("unable to go on; the cloud did not come back");
      await pause(LOOK_EVERY_MS);
    }
    await this.setWeather(this.weather);
  }
}
