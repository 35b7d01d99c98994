// Facts of a project that is well, for tests: each changes what it is about.

import type { Account, Bundle, Facts, StackTemplate } from "./facts";

const BUILD_SPEC = `version: 1
backend:
  phases:
    build:
      commands:
        - npm ci
        - npx ampx pipeline-deploy --branch $AWS_BRANCH --app-id $AWS_APP_ID
frontend:
  phases:
    build:
      commands:
        - npm run build
  artifacts:
    baseDirectory: .next
  cache:
    paths:
      - .npm/**/*
`;

const MANIFEST = {
  engines: { node: ">=20.19.0" },
  scripts: { build: "next build" },
  dependencies: { next: "^16.0.0" },
};

const installed = (version: string, rest: object = {}) => ({ version, ...rest });

export const WELL: Facts = {
  node: "22.11.0",
  npm: "10.9.0",
  engine: { is: "found", name: "dynoxide 1.2.1" },
  manifest: MANIFEST,
  lock: {
    packages: { "": { dependencies: { next: "^16.0.0" } }, "node_modules/next": installed("16.0.1") },
  },
  installed: {
    packages: {
      "node_modules/aws-cdk-lib": installed("2.276.0"),
      "node_modules/constructs": installed("10.8.1"),
      "node_modules/typescript": installed("5.9.3"),
      "node_modules/@aws-amplify/backend-cli": installed("1.10.0"),
      "node_modules/@aws-amplify/backend": installed("1.25.1", {
        peerDependencies: { "aws-cdk-lib": "^2.257.0" },
      }),
    },
  },
  repository: { is: "git", tracked: ["package.json"], symlinks: [], changed: [] },
  sources: {
    buildSpec: BUILD_SPEC,
    hasAmplifyTsconfig: true,
    amplifyInRootTsconfig: [],
    otherLocks: [],
    ignoredOutputs: true,
  },
  outputs: { are: "none" },
  build: { symlinks: [], native: [], missing: [], bytes: 23_000_000, hasServerFiles: true },
  types: { are: "fitting" },
  backend: { is: "synthesized", sandbox: [], branch: { stacks: [], bundles: [] } },
  settings: {},
  account: { is: "none" },
};

/** A stack of these resources: "Table" for an AWS::DynamoDB::Table named so, or a resource of one's own. */
export const stackOf = (resources: object, name = "chat"): StackTemplate => {
  const template = { Resources: resources };
  return { name, template, bytes: JSON.stringify(template).length };
};

/** The same stacks as a branch's and as a sandbox's. */
export const withStacks = (stacks: readonly StackTemplate[], bundles: readonly Bundle[] = []): Facts => ({
  ...WELL,
  backend: { is: "synthesized", sandbox: stacks, branch: { stacks, bundles } },
});

export const withSource = (change: Partial<Facts["sources"]>): Facts => ({
  ...WELL,
  sources: { ...WELL.sources, ...change },
});

export const knownAccount = (change: object = {}): Account => ({
  is: "found",
  from: "profile team",
  region: "eu-west-1",
  answer: { is: "known", id: "111122223333", bootstrapVersion: 30, hasCloudWatchRole: true, ...change },
});
