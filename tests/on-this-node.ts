// Runs the unit tests and, against the system, the wire tests, all on the version of Node that runs this file.
// tests/node-versions.ts calls it with that version first in the path.

import { forgetEarlierRuns, onTheSystem, runOnTheSystem } from "./on-the-system";
import { closeRun, runStep, say, vitestStep } from "./steps";

const startedAt = Date.now();
say(`Node ${process.version}`);
forgetEarlierRuns();
const unit = await runStep(vitestStep("unit tests", ["--project=unit"]));
const wire = await runOnTheSystem([onTheSystem("raw frames", "tests/wire/vitest.config.ts")]);
closeRun("this node", startedAt, [unit, ...wire]);
