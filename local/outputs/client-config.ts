// The app's configuration as Amplify itself would write it after a deployment: its own generator, given the root
// stack's outputs where it would ask CloudFormation for them. Loading the generator takes a second, so what it
// made is kept beside the assembly, with the name of what it was made from.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { generateClientConfig } from "@aws-amplify/client-config";
import { isRecord, type Json, recordAt, textAt } from "../template/json";
import type { Template } from "../template/template";

type ClientProvider = NonNullable<Parameters<typeof generateClientConfig>[2]>;

export async function clientConfig(template: Template): Promise<Json> {
  const file = join(template.assembly.directory, "client-config.json");
  const { metadata, outputs } = template;
  const madeFrom = createHash("sha256").update(JSON.stringify({ metadata, outputs })).digest("hex");
  const kept: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  if (textAt(kept, "madeFrom") === madeFrom) return recordAt(kept, "config");
  const config = await generate(template);
  writeFileSync(file, JSON.stringify({ madeFrom, config }));
  return config;
}

async function generate(template: Template): Promise<Json> {
  const { DEFAULT_CLIENT_CONFIG_VERSION, generateClientConfig } = await import("@aws-amplify/client-config");
  const config: unknown = await generateClientConfig(
    { stackName: template.assembly.stackName },
    DEFAULT_CLIENT_CONFIG_VERSION,
    deployedAs(template),
  );
  if (!isRecord(config))
    throw new Error("unable to write amplify_outputs.json; Amplify's generator gave none");
  return config;
}

/**
 * Of the three clients only CloudFormation's is called, and of that only `send` with these two commands
 * (@aws-amplify/deployed-backend-client, stack_metadata_output_retrieval_strategy). Hence the cast; another call
 * is refused by name.
 */
function deployedAs(template: Template): ClientProvider {
  const send = (command: object): Promise<unknown> => {
    switch (command.constructor.name) {
      case "GetTemplateSummaryCommand":
        return Promise.resolve({ Metadata: JSON.stringify(template.metadata) });
      case "DescribeStacksCommand":
        return Promise.resolve({ Stacks: [{ StackStatus: "CREATE_COMPLETE", Outputs: listed(template) }] });
      default:
        throw new Error(
          `unable to write amplify_outputs.json; Amplify's generator wants ${command.constructor.name}, which the local cloud does not answer`,
        );
    }
  };
  const client = () => ({ send });
  const provider: unknown = {
    getCloudFormationClient: client,
    getS3Client: client,
    getAmplifyClient: client,
  };
  return provider as ClientProvider;
}

const listed = (template: Template) =>
  Object.entries(template.outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
