// The repository: what Amplify reads in it, and what must not be in it.

import { recordAt, textAt } from "../../template/json";
import { commandsOf, readBuildSpec } from "../build-spec";
import { LARGEST_BUILD_BYTES } from "../build-output";
import type { Facts } from "../facts";
import { type Check, fail, none, ok, type Verdict, warn } from "../finding";

function tsconfigs({ sources }: Facts): Verdict {
  if (!sources.hasAmplifyTsconfig)
    return fail(
      "amplify/tsconfig.json is missing, without which Amplify checks no types at all: restore it.",
    );
  return none(
    sources.amplifyInRootTsconfig,
    "The backend has a tsconfig of its own, and the app's leaves amplify/ out.",
    (named) =>
      fail(`The root tsconfig takes in ${named}, and \`next build\` would fail on it: leave amplify/ out.`),
  );
}

function types({ types: checked }: Facts): Verdict {
  if (checked.are === "fitting") return ok("The backend's types fit.");
  return fail(`The backend's types do not fit, and Amplify would refuse it: ${checked.first}`);
}

/** `npm install` may change the lock file, so that a branch is deployed with other packages than were tried. */
const INSTALLS = /^npm ci\b/;
const DEPLOYS = "npx ampx pipeline-deploy --branch $AWS_BRANCH --app-id $AWS_APP_ID";

function buildSpec({ sources, manifest }: Facts): Verdict {
  if (sources.buildSpec === undefined)
    return fail("There is no amplify.yml, so Amplify Hosting would build the app without its backend.");
  const spec = readBuildSpec(sources.buildSpec);
  const backend = commandsOf(spec, "backend");
  const installs = backend.findIndex((command) => INSTALLS.test(command));
  const wrong = [
    ...(installs >= 0 && installs < backend.indexOf(DEPLOYS)
      ? []
      : [`the backend phase must install the packages with \`npm ci\` and then run \`${DEPLOYS}\``]),
    ...(commandsOf(spec, "frontend").includes("npm run build") &&
    textAt(recordAt(manifest, "scripts"), "build") === "next build"
      ? []
      : ["the frontend phase must run `npm run build`, and that `next build`"]),
    ...(spec.get("frontend.artifacts.baseDirectory")?.[0] === ".next"
      ? []
      : ["the artifacts' baseDirectory must be .next"]),
  ];
  return none(wrong, "amplify.yml deploys the backend, then builds the app from its outputs.", (named) =>
    fail(`amplify.yml would not deploy this: ${named}.`),
  );
}

function outputsKept({ repository, sources }: Facts): Verdict {
  const tracked =
    repository.is === "git"
      ? repository.tracked.filter((file) => /^amplify_outputs\b.*\.json$/.test(file))
      : [];
  if (tracked.length > 0)
    return fail(
      `${tracked.join(", ")} is committed, and says where somebody's backend is: \`git rm --cached\` it.`,
    );
  if (!sources.ignoredOutputs) return fail("amplify_outputs.json is not in .gitignore: add it.");
  return ok("amplify_outputs.json is not committed, and cannot be by accident.");
}

function outputsHere({ outputs }: Facts): Verdict {
  switch (outputs.are) {
    case "none":
      return ok("No amplify_outputs.json lies here; each backend writes its own.");
    case "local":
      return warn(
        `amplify_outputs.json is the local cloud's (${outputs.address}): an app built here would call this machine; run \`npx ampx sandbox\` or \`npx ampx generate outputs\` first.`,
      );
    case "deployed":
      return ok(`amplify_outputs.json is of a deployed backend: ${outputs.pool} in ${outputs.region}.`);
    case "unreadable":
      return fail("amplify_outputs.json cannot be read: remove it; the next deployment writes it anew.");
    default:
      return outputs satisfies never;
  }
}

function symlinks({ repository }: Facts): Verdict {
  return none(repository.is === "git" ? repository.symlinks : [], "No symbolic link is committed.", (named) =>
    fail(`${named}: a committed symbolic link, which Amplify Hosting's bundler trips over: copy the file.`),
  );
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MB`;

function build({ build: output }: Facts): Verdict {
  if (!output) return ok("No build lies in .next to look at; Amplify Hosting makes its own.");
  const { symlinks: links, native, missing, bytes, hasServerFiles } = output;
  const wrong = [
    ...links.map((file) => `${file} is a symbolic link`),
    ...native.map((file) => `${file} is compiled for one kind of machine`),
    ...missing.slice(0, 1).map((file) => `${file} is needed and missing`),
    ...(bytes > LARGEST_BUILD_BYTES
      ? [`it is ${megabytes(bytes)}, over ${megabytes(LARGEST_BUILD_BYTES)}`]
      : []),
    ...(hasServerFiles ? [] : ["it has no required-server-files.json: it is not whole"]),
  ];
  return none(
    wrong,
    `The build in .next can be hosted: ${megabytes(bytes)}, no links, nothing compiled.`,
    (named) => fail(`Amplify Hosting could not take the build in .next: ${named}.`),
  );
}

function pushed({ repository }: Facts): Verdict {
  if (repository.is === "none")
    return warn("This is no Git repository: a branch cannot be deployed from it.");
  const { changed } = repository;
  return none(changed, "Everything is committed: what is pushed is what you see.", (named) =>
    warn(`Not committed, and so not deployed with the branch: ${named}.`),
  );
}

/** Only what Amplify's console takes: it keeps names that begin with AWS to itself. */
function settings({ settings: set }: Facts): Verdict {
  const wrong = Object.entries(set).flatMap(([name, value]) => {
    if (name === "PARLEY_ACCESS_LOGS" && !["", "on", "off"].includes(value))
      return [`${name} is "${value}", which counts as off: write on`];
    if (
      name === "PARLEY_ALARM_TOPIC" &&
      value !== "" &&
      !/^arn:aws[\w-]*:sns:[^:]+:\d{12}:[^:]+$/.test(value)
    )
      return [`${name} is "${value}", which is no topic: write arn:aws:sns:<region>:<account>:<name>`];
    if (name !== "PARLEY_ORIGINS") return [];
    const origins = value.split(",").map((origin) => origin.trim());
    return origins
      .filter((origin) => origin !== "" && !/^https?:\/\/[^/\s]+$/.test(origin))
      .map((origin) => `${name} holds "${origin}", which is no origin: write https://host, without a path`);
  });
  return none(wrong, `Settings in this shell: ${listed(set)}.`, (named) => fail(`${named}.`));
}

const listed = (set: Readonly<Record<string, string>>): string =>
  Object.entries(set)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}=${value}`)
    .join(", ") || "none";

function outOfDate({ sources }: Facts): Verdict {
  const spec = sources.buildSpec === undefined ? undefined : readBuildSpec(sources.buildSpec);
  const cached = spec?.get("frontend.cache.paths") ?? [];
  const wrong = cached.filter((path) => path.startsWith("node_modules"));
  return none([...wrong], "No packages of an earlier build are kept.", (named) =>
    warn(
      `amplify.yml keeps ${named} between builds, which outlives a change of the lock file: keep .npm instead.`,
    ),
  );
}

export const PROJECT: readonly Check[] = [
  { name: "tsconfigs", see: "types", judge: tsconfigs },
  { name: "types", see: "types", judge: types },
  { name: "amplify-yml", see: "amplifyyml", judge: buildSpec },
  { name: "build-cache", see: "amplifyyml", judge: outOfDate },
  { name: "outputs-kept-out", see: "amplify_outputsjson", judge: outputsKept },
  { name: "outputs-here", see: "amplify_outputsjson", judge: outputsHere },
  { name: "symlinks", see: "the-build", judge: symlinks },
  { name: "build", see: "the-build", judge: build },
  { name: "pushed", see: "what-is-pushed", judge: pushed },
  { name: "settings", see: "settings", judge: settings },
];
