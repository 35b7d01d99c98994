// A developer's sandbox, as `npx ampx sandbox` deploys it. Only the account is a stand-in.

import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { synthesize } from "../../local/synth/synthesize";
import { openAssembly } from "../../local/template/assembly";
import { type Account, openAccount } from "./account";
import { runCommands } from "./build-machine";
import { capabilitiesFor, type Delivery, deliveryOf, outputsOf } from "./templates";

const folder = inject("clone");
const ASSEMBLY = join(folder, ".amplify/artifacts/cdk.out");

let account: Account;
let theirs: Delivery;

beforeAll(async () => {
  account = await openAccount(() => outputsOf(ASSEMBLY));
  const machine = { folder, branch: "main", environment: account.environment };
  await runCommands(machine, ["npx ampx sandbox --once --identifier local --outputs-out-dir .local"]);
  theirs = deliveryOf(openAssembly(ASSEMBLY));
});

afterAll(() => account.close());

describe("a sandbox", () => {
  it("is the backend that the local cloud runs, in every template and bundle", async () => {
    const { assembly } = await synthesize({ root: folder, outDir: join(folder, ".local/assembly") });

    expect(deliveryOf(assembly)).toEqual(theirs);
  });

  it("is handed over as one stack, with the rights that Amplify's tool gives to every stack", () => {
    expect(account.stacks).toHaveLength(1);
    expect(account.stacks[0]?.template).toEqual(theirs.templates["root"]);
    expect([...(account.stacks[0]?.capabilities ?? [])].sort()).toEqual([
      "CAPABILITY_AUTO_EXPAND",
      "CAPABILITY_IAM",
      "CAPABILITY_NAMED_IAM",
    ]);
    expect(account.unanswered).toEqual([]);
  });

  it("asks for nothing but the right to make roles, and of those none with a name of its own", () => {
    expect(capabilitiesFor(theirs)).toEqual(["CAPABILITY_IAM"]);
  });
});
