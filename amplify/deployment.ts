// Which deployment this synthesis is for. Amplify says it in three context keys.

import { RemovalPolicy } from "aws-cdk-lib";
import type { Construct } from "constructs";

export type Deployment =
  /** `npx ampx sandbox`, and the local cloud: one developer's own, thrown away at will. */
  | { readonly is: "sandbox" }
  /** A Git branch on Amplify Hosting. */
  | { readonly is: "branch"; readonly appId: string; readonly branch: string }
  /** Deployed by hand, without Amplify Hosting. */
  | { readonly is: "standalone" };

export function deploymentOf(scope: Construct): Deployment {
  const context = (key: string): unknown => scope.node.tryGetContext(key);
  const is = context("amplify-backend-type");
  const appId = context("amplify-backend-namespace");
  const branch = context("amplify-backend-name");
  if (is === "sandbox" || is === "standalone") return { is };
  if (is === "branch" && typeof appId === "string" && typeof branch === "string")
    return { is, appId, branch };
  throw new Error(
    "unable to tell which deployment this is; run it with `npx ampx` or `npm run synth`, which set Amplify's context",
  );
}

/** A sandbox leaves nothing behind; everywhere else what people wrote outlives a mistake with the stack. */
export const removalOf = (deployment: Deployment): RemovalPolicy =>
  deployment.is === "sandbox" ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
