// Node, npm and the packages of the tool chain.

import { isRecord, recordAt, textAt } from "../../template/json";
import type { Facts } from "../facts";
import { type Check, fail, none, ok, type Verdict, warn } from "../finding";
import { satisfies, versionOf } from "../versions";

/** Amplify Hosting runs a server on the major version that built it, and takes these. */
const HOSTED_NODES = [20, 22, 24];
/** As .nvmrc. */
const RECOMMENDED_NODE = 22;

function node({ node: version, manifest }: Facts): Verdict {
  const wanted = textAt(manifest["engines"], "node") ?? ">=0";
  if (!satisfies(version, wanted))
    return fail(`Node ${version} is too old: package.json wants ${wanted}; install Node 22.`);
  const major = versionOf(version)?.[0] ?? 0;
  if (!HOSTED_NODES.includes(major))
    return warn(
      `Node ${version} runs this, and Amplify Hosting runs ${HOSTED_NODES.join(", ")}: try the build with one of those.`,
    );
  if (major < RECOMMENDED_NODE)
    return ok(
      `Node ${version} is enough (${wanted}), and ended in April 2026: ${RECOMMENDED_NODE} is recommended; releases of the AWS SDK from January 2027 on need it.`,
    );
  return ok(`Node ${version} is what package.json wants (${wanted}), and Amplify Hosting runs it.`);
}

function npm({ npm: version, sources }: Facts): Verdict {
  const { otherLocks } = sources;
  if (otherLocks.length > 0)
    return fail(
      `There is ${otherLocks.join(" and ")} beside package-lock.json: remove it, the packages come with npm.`,
    );
  if (version === undefined) return fail("npm was not found: it comes with Node from nodejs.org.");
  if (!satisfies(version, ">=10.0.0"))
    return warn(`npm ${version} is older than any on Amplify's build image: use npm 10 or newer.`);
  return ok(`npm ${version}, and no other package manager's lock file.`);
}

/** A deployment needs no engine, so a missing one is never a failure. */
function engine({ engine: found }: Facts): Verdict {
  if (found.is === "missing") return warn(`The local cloud has no database engine yet: ${found.says}.`);
  return ok(`The local cloud keeps its tables in ${found.name}.`);
}

/** Two copies mean that a construct made with one is none for the other. */
const ONE_COPY = ["aws-cdk-lib", "constructs", "@aws-amplify/backend", "@aws-amplify/backend-cli"];

function packages({ installed }: Facts): Verdict {
  if (!installed) return fail("No packages are installed: run `npm install`.");
  const all = Object.entries(recordAt(installed, "packages"));
  const copies = (name: string) => all.filter(([path]) => path.endsWith(`node_modules/${name}`));
  const wrong = ONE_COPY.filter((name) => copies(name).length !== 1).map(
    (name) => `${copies(name).length} copies of ${name}`,
  );
  return none(
    [...wrong, ...misfits(all, textAt(copies("aws-cdk-lib")[0]?.[1], "version") ?? "0")],
    `One aws-cdk-lib (${textAt(copies("aws-cdk-lib")[0]?.[1], "version") ?? "?"}) and one constructs, which every Amplify package accepts.`,
    (named) =>
      fail(`The packages do not fit together (${named}): run \`npm dedupe\`, or align the versions.`),
  );
}

/** What a package brings along in its own archive is its own affair. */
function misfits(all: readonly (readonly [string, unknown])[], cdk: string): readonly string[] {
  return all.flatMap(([path, entry]) => {
    const range = textAt(recordAt(entry, "peerDependencies"), "aws-cdk-lib");
    const isOurs = /^node_modules\/@aws-amplify\/[^/]+$/.test(path);
    if (!isOurs || range === undefined || satisfies(cdk, range)) return [];
    return [`${path.slice("node_modules/".length)} wants aws-cdk-lib ${range}, here is ${cdk}`];
  });
}

function typescript({ installed }: Facts): Verdict {
  const version = textAt(recordAt(recordAt(installed, "packages"), "node_modules/typescript"), "version");
  if (version === undefined) return fail("TypeScript is not installed: run `npm install`.");
  if (versionOf(version)?.[0] !== 5)
    return fail(`TypeScript is ${version}, and Amplify's type check needs 5: set "typescript": "~5.9.3".`);
  return ok(`TypeScript ${version}, whose compiler Amplify's type check can call.`);
}

function lock({ manifest, lock: file }: Facts): Verdict {
  if (!file) return fail("There is no package-lock.json: run `npm install` and commit it.");
  const entries = recordAt(file, "packages");
  const differing = ["dependencies", "devDependencies", "optionalDependencies"].flatMap((kind) => {
    const wanted = recordAt(manifest, kind);
    const locked = recordAt(recordAt(entries, ""), kind);
    const names = new Set([...Object.keys(wanted), ...Object.keys(locked)]);
    return [...names].filter((name) => wanted[name] !== locked[name]);
  });
  const absent = Object.keys(recordAt(manifest, "dependencies")).filter(
    (name) => !isRecord(entries[`node_modules/${name}`]),
  );
  return none(
    [...new Set([...differing, ...absent])],
    "package-lock.json and package.json name the same packages.",
    (named) =>
      fail(`package-lock.json does not fit package.json (${named}): run \`npm install\` and commit both.`),
  );
}

export const TOOLCHAIN: readonly Check[] = [
  { name: "node", see: "node", judge: node },
  { name: "npm", see: "packages", judge: npm },
  { name: "engine", see: "engine", judge: engine },
  { name: "packages", see: "packages", judge: packages },
  { name: "typescript", see: "types", judge: typescript },
  { name: "lock", see: "packages", judge: lock },
];
