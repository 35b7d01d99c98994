import type { Random } from "../../../../core/domain/ports/clock";
import type { FaultKind } from "../../history/event";
import type { Device } from "../device";
import type { SystemCloud } from "../cloud";
import type { Skies } from "../skies";
import type { World } from "../world";

/** Whatever the clients are: what goes wrong in a cloud needs no more. */
export type CloudScene = {
  readonly world: { readonly cloud: Pick<SystemCloud, "isUp" | "control" | "kill" | "back"> };
  readonly skies: Pick<Skies, "begin">;
  readonly random: Random;
  /** It has struck: told at the moment at which it does. */
  readonly told: (what: string) => void;
};

export type Scene = CloudScene & {
  readonly world: World;
  readonly skies: Skies;
  readonly device: Device;
  readonly index: number;
  /** What is undone later, or at once when all is to be calm. */
  readonly undo: (afterMs: number, then: () => void) => void;
};

export type Fault<S = Scene> = {
  readonly kind: FaultKind;
  /** How often, beside the others. */
  readonly weight: number;
  readonly strike: (scene: S) => void | Promise<void>;
};
