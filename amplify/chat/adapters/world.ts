import { setTimeout as pause } from "node:timers/promises";
import type { World } from "./retries";

export const realWorld: World = { random: Math.random, pause: (delayMs) => pause(delayMs) };
