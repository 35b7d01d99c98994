// `unit` needs nothing but the code; `contract` starts engines, synthesizes the backend, runs processes.

import { defineConfig } from "vitest/config";

const contract = [
  "amplify/template.test.ts",
  "amplify/chat/adapters/{dynamo-adapters,lost-answers}.test.ts",
  "amplify/chat/handlers/*.test.ts",
  "local/synth/*.test.ts",
  "local/database/engine-units.test.ts",
  "local/tables/*.test.ts",
  "local/{streams,queues}/*.test.ts",
  "local/iam/template.test.ts",
  "local/doctor/{doctor.long,gather/backend}.test.ts",
  "local/outputs/*.test.ts",
  "local/user-pool/{amplify-signs-in,durable-file}.test.ts",
  "local/processes.test.ts",
];

/** They end what hangs, and claim nothing about speed: tests hold on a busy machine. */
const limits = { testTimeout: 120_000, hookTimeout: 300_000, expect: { poll: { timeout: 60_000 } } };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          // A process for each file takes longer than most of them: they share one, and with it their modules.
          isolate: false,
          unstubEnvs: true,
          unstubGlobals: true,
          include: [
            "{core,amplify,local,components,app,bench}/**/*.test.{ts,tsx}",
            "tests/{*,cost/*,fixtures/*}.test.ts",
          ],
          exclude: ["**/node_modules/**", ...contract],
          ...limits,
        },
      },
      { test: { name: "contract", include: contract, ...limits } },
    ],
  },
});
