// Finds or starts what the tests talk to.
//
//   PARLEY_CONFORMANCE_OUTPUTS   the file that `cdk deploy --outputs-file` wrote: a deployed stage, whose account's
//                                credentials stand in the environment as for the AWS command line
//   without it                   the local cloud, started here on data and a port of its own

import { randomBytes } from "node:crypto";
import type { TestProject } from "vitest/node";
import { deployedPlace } from "./deployed-place";
import { startLocalPlace } from "./local-place";
import type { Person } from "./place";

/** As many as the tests name. */
const PEOPLE = 4;

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const people = Array.from({ length: PEOPLE }, newPerson);
  const outputs = process.env["PARLEY_CONFORMANCE_OUTPUTS"];
  if (outputs !== undefined && outputs !== "") {
    project.provide("place", await deployedPlace(outputs, people));
    return () => Promise.resolve();
  }
  const { place, stop } = await startLocalPlace(people);
  project.provide("place", place);
  return stop;
}

const newPerson = (): Person => ({
  email: `probe.${randomBytes(6).toString("hex")}@example.com`,
  password: `${randomBytes(9).toString("base64url")}aA1!`,
});
