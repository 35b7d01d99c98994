// A named test of a fact. The same test runs on the local cloud and on a deployed stage; where it cannot, it is
// skipped under its name, with the reason.

import { inject, it } from "vitest";
import { stageAt, type Stage } from "./stage";

export type FactOptions = {
  readonly notLocal?: string;
  readonly notDeployed?: string;
  /** Real time that a deployed stage takes for it: run there only if one is patient. */
  readonly lasts?: string;
};

const place = inject("place");
const patient = process.env["PARLEY_CONFORMANCE_PATIENT"] === "on";
const PATIENCE_MS = 3 * 3_600_000;

export function fact(
  number: number,
  name: string,
  test: (stage: Stage) => Promise<void> | void,
  options: FactOptions = {},
): void {
  const title = `fact ${number}: ${name}`;
  const reason = reasonToSkip(options);
  if (reason !== undefined) return void it.skip(`${title} (skipped: ${reason})`);
  it(title, { ...(patient && { timeout: PATIENCE_MS }) }, async () => {
    const stage = stageAt(place);
    try {
      await test(stage);
    } finally {
      await stage.leave();
    }
  });
}

function reasonToSkip({ notLocal, notDeployed, lasts }: FactOptions): string | undefined {
  if (place.control !== undefined) return notLocal;
  if (lasts !== undefined && !patient) return `it takes ${lasts}; PARLEY_CONFORMANCE_PATIENT=on waits for it`;
  return notDeployed;
}
