// `.ci/run`: `npm test` and `npm run test:long`, closed by one line of counts for both.

import { fail } from "../local/progress";
import { longRun } from "./long";
import { forgetEarlierRuns } from "./on-the-system";
import { shortRun } from "./short";
import { closeRun } from "./steps";

const startedAt = Date.now();
try {
  forgetEarlierRuns();
  closeRun("all", startedAt, [...(await shortRun()), ...(await longRun())]);
} catch (problem) {
  fail(problem);
}
