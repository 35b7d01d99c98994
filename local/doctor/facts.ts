// What the checks judge. Gathered once (gather.ts), so that each check can be shown to fail on facts made up.

import type { Json } from "../template/json";
import type { BuildOutput } from "./build-output";

export type Facts = {
  readonly node: string;
  readonly npm: string | undefined;
  /** The database engine of the local cloud; a start fetches one that is missing. */
  readonly engine:
    { readonly is: "found"; readonly name: string } | { readonly is: "missing"; readonly says: string };
  /** package.json. */
  readonly manifest: Json;
  /** package-lock.json. */
  readonly lock: Json | undefined;
  /** What npm says lies in node_modules; the same shape as the lock file. */
  readonly installed: Json | undefined;
  readonly repository: Repository;
  readonly sources: Sources;
  readonly outputs: Outputs;
  /** Of .next, where there is one. */
  readonly build: BuildOutput | undefined;
  readonly types: { readonly are: "fitting" } | { readonly are: "wrong"; readonly first: string };
  readonly backend: Backend;
  /** The variables that amplify/ reads while it is synthesized. */
  readonly settings: Readonly<Record<string, string>>;
  readonly account: Account;
};

export type Repository =
  | { readonly is: "none" }
  | {
      readonly is: "git";
      readonly tracked: readonly string[];
      readonly symlinks: readonly string[];
      readonly changed: readonly string[];
    };

export type Sources = {
  /** amplify.yml. */
  readonly buildSpec: string | undefined;
  readonly hasAmplifyTsconfig: boolean;
  /** Files of amplify/ that the root tsconfig, and so `next build`, takes in. */
  readonly amplifyInRootTsconfig: readonly string[];
  /** Lock files of other package managers. */
  readonly otherLocks: readonly string[];
  readonly ignoredOutputs: boolean;
};

export type Outputs =
  | { readonly are: "none" }
  | { readonly are: "unreadable" }
  | { readonly are: "local"; readonly address: string }
  | { readonly are: "deployed"; readonly region: string; readonly pool: string };

export type Backend =
  | { readonly is: "synthesized"; readonly sandbox: readonly StackTemplate[]; readonly branch: Branch }
  | { readonly is: "broken"; readonly says: string };

export type Branch = { readonly stacks: readonly StackTemplate[]; readonly bundles: readonly Bundle[] };

export type StackTemplate = {
  /** "root", or the nested stack's logical id. */
  readonly name: string;
  readonly bytes: number;
  readonly template: Json;
};

export type Bundle = { readonly name: string; readonly bytes: number; readonly code: string };

export type Account =
  | { readonly is: "none" }
  | {
      readonly is: "found";
      readonly from: string;
      readonly region: string | undefined;
      readonly answer: AccountAnswer;
    };

export type AccountAnswer =
  | { readonly is: "unasked" }
  /** Credentials that give no keys: a session that has ended, a process that fails. */
  | { readonly is: "unresolved"; readonly says: string }
  | { readonly is: "unreachable"; readonly says: string }
  | { readonly is: "refused"; readonly says: string }
  | {
      readonly is: "known";
      readonly id: string;
      readonly bootstrapVersion: number | undefined;
      readonly hasCloudWatchRole: boolean | undefined;
    };
