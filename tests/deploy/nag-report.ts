// Runs in a process of its own: synthesizes the backend that the first argument names and prints what cdk-nag finds
// in it, one finding a line, as JSON. The packs look at the constructs and leave the template as it is.

import { pathToFileURL } from "node:url";
import { App } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";

const [, , backend = ""] = process.argv;

/** Amplify keeps its app to itself, and synthesizes it at this message. */
async function appOf(file: string): Promise<App> {
  const apps: App[] = [];
  const synth = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(App.prototype), "synth")?.value;
  App.prototype.synth = function (this: App, options) {
    apps.push(this);
    return synth.call(this, options);
  };
  await import(pathToFileURL(file).href);
  process.emit("message", "amplifySynth", undefined);
  const [app] = apps;
  if (!app) throw new Error("unable to look at the backend; Amplify synthesized nothing");
  return app;
}

const app = await appOf(backend);
for (const pack of [new AwsSolutionsChecks(), new ServerlessChecks()])
  for (const { ruleName, description, violatingResources = [] } of pack.validateScope(app).violations)
    for (const { constructPath } of violatingResources)
      process.stdout.write(`${JSON.stringify({ rule: ruleName, path: constructPath, description })}\n`);
