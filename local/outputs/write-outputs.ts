// amplify_outputs.json for the app: Amplify's own, with the addresses of this machine in it.

import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { REGION } from "../resources";
import { isRecord, type Json, recordAt, textAt } from "../template/json";
import type { Template } from "../template/template";
import { clientConfig } from "./client-config";

export type OutputsOptions = {
  readonly template: Template;
  /** Such as "http://localhost:3001". */
  readonly cloudAddress: string;
  /** amplify_outputs.json in the project. */
  readonly file: string;
};

export type OutputsWritten = {
  readonly is: "written" | "unchanged";
  /** Where the outputs of a real deployment, which were in the file before, have gone. */
  readonly keptAs?: string;
};

export async function writeOutputs(options: OutputsOptions): Promise<OutputsWritten> {
  const { file } = options;
  const content = `${JSON.stringify(await localOutputs(options), null, 2)}\n`;
  const before = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  if (before === content) return { is: "unchanged" };
  const keptAs = before !== undefined && isDeployments(before) ? keep(file) : undefined;
  // Renamed into place: a server that watches the file never reads half of it.
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
  return { is: "written", ...(keptAs === undefined ? {} : { keptAs }) };
}

export async function localOutputs({ template, cloudAddress }: OutputsOptions): Promise<Json> {
  const address = cloudAddress.replace(/\/$/, "");
  const config = atHome(await clientConfig(template), socketAddresses(template, address));
  if (!isRecord(config)) throw new Error("unable to write amplify_outputs.json; there is no configuration");
  return {
    ...config,
    custom: { ...recordAt(config, "custom"), userPoolEndpoint: `${address}/cognito/` },
  };
}

/** Each API's address at AWS, and what it is here. */
function socketAddresses(template: Template, address: string): readonly (readonly [string, string])[] {
  return template.resources
    .filter(({ type }) => type === "AWS::ApiGatewayV2::Api")
    .map((api) => [
      `wss://${template.nameOf(api)}.execute-api.${REGION}.amazonaws.com/`,
      `${address.replace(/^http/, "ws")}/`,
    ]);
}

function atHome(value: unknown, addresses: readonly (readonly [string, string])[]): unknown {
  if (typeof value === "string")
    return addresses.reduce((text, [there, here]) => text.replaceAll(there, here), value);
  if (Array.isArray(value)) return value.map((item) => atHome(item, addresses));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, atHome(inner, addresses)]));
}

/** Ours name a user pool's endpoint. What cannot be read might be someone's, and is kept too. */
function isDeployments(content: string): boolean {
  try {
    const parsed: unknown = JSON.parse(content);
    const ours = textAt(recordAt(parsed, "custom"), "userPoolEndpoint") !== undefined;
    const isEmpty = isRecord(parsed) && Object.keys(parsed).every((key) => key === "version");
    return !ours && !isEmpty;
  } catch {
    return content.trim() !== "";
  }
}

function keep(file: string): string {
  const keptAs = join(dirname(file), `${basename(file, ".json")}.deployed.json`);
  copyFileSync(file, keptAs);
  return keptAs;
}
