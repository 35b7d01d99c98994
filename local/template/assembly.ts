// What `cdk synth` leaves in a directory: the root stack's template, and the assets (nested templates, bundles)
// that it names by the key they would have in the assets bucket.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Resource } from "../resources";
import { isRecord, type Json, recordAt, textAt } from "./json";

export type Assembly = {
  readonly directory: string;
  readonly stackName: string;
  readonly rootTemplate: Json;
  /** By object key, such as "86d5….zip": the file or the directory. */
  readonly assets: ReadonlyMap<string, string>;
};

export function openAssembly(directory: string): Assembly {
  const artifacts = Object.entries(recordAt(readJson(join(directory, "manifest.json")), "artifacts"));
  const roots = artifacts.filter(([, it]) => textAt(it, "type") === "aws:cloudformation:stack");
  const [root] = roots;
  if (root === undefined || roots.length > 1) {
    const names = roots.map(([name]) => name).join(", ");
    throw new Error(`unable to read the assembly; it must hold one root stack, and holds [${names}]`);
  }
  const [name, artifact] = root;
  const properties = recordAt(artifact, "properties");
  const file = textAt(properties, "templateFile");
  if (file === undefined) throw new Error(`unable to read the assembly; stack ${name} names no template`);
  return {
    directory,
    stackName: textAt(properties, "stackName") ?? name,
    rootTemplate: readJson(join(directory, file)),
    assets: new Map(artifacts.flatMap(([, it]) => assetsOf(directory, it))),
  };
}

/** A nested stack's template, by the address that the assets bucket would give it. */
export function templateAt(assembly: Assembly, url: string): Json {
  const path = assembly.assets.get(url.slice(url.lastIndexOf("/") + 1));
  if (path === undefined)
    throw new Error(`unable to find the template ${url}; the assembly has no such asset`);
  return readJson(path);
}

/** Where the bundle of a function lies. */
export function assetDirectory(assembly: Assembly, functionResource: Resource): string {
  const key = textAt(functionResource.properties["Code"], "S3Key");
  const path = key === undefined ? undefined : assembly.assets.get(key);
  if (path === undefined)
    throw new Error(
      `unable to find the code of ${functionResource.id}; only bundles in the assembly run here, and ${key ?? "inline code"} is not one`,
    );
  return path;
}

function assetsOf(directory: string, artifact: unknown): [string, string][] {
  if (textAt(artifact, "type") !== "cdk:asset-manifest") return [];
  const file = textAt(recordAt(artifact, "properties"), "file");
  if (file === undefined) return [];
  return Object.values(recordAt(readJson(join(directory, file)), "files")).flatMap((asset) => {
    const path = textAt(recordAt(asset, "source"), "path");
    if (path === undefined) return [];
    return Object.values(recordAt(asset, "destinations")).flatMap((place): [string, string][] => {
      const key = textAt(place, "objectKey");
      return key === undefined ? [] : [[key, join(directory, path)]];
    });
  });
}

function readJson(path: string): Json {
  const parsed: unknown = JSON.parse(readFileSync(path, "utf8"));
  if (!isRecord(parsed)) throw new Error(`unable to read ${path}; it is not a JSON object`);
  return parsed;
}
