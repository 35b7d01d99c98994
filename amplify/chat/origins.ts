// Which web pages may open a socket. Browsers send `Origin` and pages cannot forge it; terminals send none.

import type { Deployment } from "../deployment";

/**
 * `*` stands for one label of a host or for a port. Amplify Hosting turns every character of a branch's name
 * that cannot stand in a host into a hyphen: `feature/ticks` is served at `feature-ticks.<app>.amplifyapp.com`.
 */
export function originsOf(deployment: Deployment, more: string): readonly string[] {
  const added = more.split(",").map((origin) => origin.trim());
  return [...ownOrigins(deployment), ...added].filter((origin) => origin !== "");
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

const hostLabel = (branch: string): string => branch.toLowerCase().replace(/[^a-z0-9-]/g, "-");
