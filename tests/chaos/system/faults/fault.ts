import type { Random } from "../../../../core/domain/ports/clock";
import type { FaultKind } from "../../history/event";
import type { Device } from "../device";
import type { Skies } from "../skies";
import type { World } from "../world";

export type Scene = {
  readonly world: World;
  readonly skies: Skies;
  readonly device: Device;
  readonly random: Random;
  readonly index: number;
  /** What is undone later, or at once when all is to be calm. */
  readonly undo: (afterMs: number, then: () => void) => void;
  /** It has struck: told at the moment at which it does. */
  readonly told: (what: string) => void;
};

export type Fault = {
  readonly kind: FaultKind;
  /** How often, beside the others. */
  readonly weight: number;
  readonly strike: (scene: Scene) => void | Promise<void>;
};
