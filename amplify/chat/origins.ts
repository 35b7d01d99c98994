// Which web pages may open a socket. Browsers send `Origin` and pages cannot forge it; terminals send none.

import type { Deployment } from "../deployment";

/**
 * For the function's environment. `*` stands for one label of a host, or for a port. Amplify Hosting turns every
 * character of a branch's name that cannot stand in a host into a hyphen: `feature/ticks` is served at
 * `feature-ticks.<app>.amplifyapp.com`.
 */
export function originsOf(deployment: Deployment, more: string): string {
  return [...ownOrigins(deployment), ...listed(more)].join(",");
}

/** No origin is no browser, and there is no page to protect. */
export function isAllowed(origin: string | undefined, allowed: string): boolean {
  if (origin === undefined) return true;
  return listed(allowed).some((pattern) => expressionOf(pattern).test(origin.toLowerCase()));
}

function ownOrigins(deployment: Deployment): readonly string[] {
  switch (deployment.is) {
    case "sandbox":
      return ["http://localhost:*", "http://*.localhost:*"];
    case "branch":
      return [`https://${hostLabel(deployment.branch)}.${deployment.appId}.amplifyapp.com`];
    case "standalone":
      return [];
    default:
      return deployment satisfies never;
  }
}

const listed = (origins: string): readonly string[] =>
  origins
    .split(",")
    .map((origin) => origin.trim().toLowerCase())
    .filter((origin) => origin !== "");

const hostLabel = (branch: string): string => branch.toLowerCase().replace(/[^a-z0-9-]/g, "-");

const expressionOf = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[a-z0-9-]+")}$`);
