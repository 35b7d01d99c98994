import { existsSync, readFileSync } from "node:fs";
import Module from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { FunctionError } from "../messages";

/** (event, context) or, in the old style that Node 24's runtime refuses, (event, context, callback). */
export type Handler = (...given: unknown[]) => unknown;

export class LoadError extends Error {
  constructor(
    readonly errorType: FunctionError["errorType"],
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Loads "index.handler" as Lambda does: index.js, index.mjs or index.cjs in the bundle's directory. */
export async function loadHandler(
  directory: string,
  handler: string,
  /** "AWS_Lambda_nodejs24.x" */
  runtime = "",
): Promise<Handler> {
  const dot = handler.indexOf(".", handler.lastIndexOf("/") + 1);
  const module = handler.slice(0, dot);
  const path = handler.slice(dot + 1).split(".");
  let found: unknown = await loadModule(directory, module).catch((thrown: unknown) => {
    throw inLambdaWords(thrown);
  });
  for (const name of path)
    found = typeof found === "object" && found !== null ? Reflect.get(found, name) : undefined;
  if (!isHandler(found))
    throw new LoadError("Runtime.HandlerNotFound", `${handler} is undefined or not exported`);
  if (found.length > 2 && Number(/nodejs(\d+)/.exec(runtime)?.[1]) >= FIRST_WITHOUT_CALLBACKS)
    throw new LoadError(
      "Runtime.CallbackHandlerDeprecated",
      `${handler} takes a callback, which the runtime of Node ${FIRST_WITHOUT_CALLBACKS} and later does not give; make it async`,
    );
  return found;
}

const FIRST_WITHOUT_CALLBACKS = 24;

async function loadModule(directory: string, module: string): Promise<unknown> {
  const file = [".js", ".mjs", ".cjs"]
    .map((extension) => join(directory, module + extension))
    .find((candidate) => existsSync(candidate));
  if (file === undefined)
    throw new LoadError(
      "Runtime.ImportModuleError",
      `Error: Cannot find module '${module}' in ${directory}; is the function bundled?`,
    );
  if (file.endsWith(".mjs") || (file.endsWith(".js") && isModulePackage(directory)))
    return import(pathToFileURL(file).href);
  return requireFile(file);
}

function inLambdaWords(thrown: unknown): unknown {
  if (thrown instanceof SyntaxError)
    return new LoadError("Runtime.UserCodeSyntaxError", String(thrown), { cause: thrown });
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  if (code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND")
    return new LoadError("Runtime.ImportModuleError", String(thrown), { cause: thrown });
  return thrown;
}

/** Only a package.json inside the bundle counts: the repository's own is not there in Lambda. */
function isModulePackage(directory: string): boolean {
  const manifest = join(directory, "package.json");
  if (!existsSync(manifest)) return false;
  const parsed: unknown = JSON.parse(readFileSync(manifest, "utf8"));
  return typeof parsed === "object" && parsed !== null && Reflect.get(parsed, "type") === "module";
}

type Compiles = { readonly exports: unknown; _compile(code: string, file: string): unknown };

/** `require` would ask the nearest package.json above whether this is an ES module, and that is the repository's. */
function requireFile(file: string): unknown {
  const module = new Module(file);
  module.filename = file;
  // What was not bundled is not there in Lambda either: the repository's node_modules must not fill in.
  module.paths = [join(dirname(file), "node_modules")];
  if (!canCompile(module)) throw new Error(`unable to load ${file}; this Node cannot compile a module`);
  module._compile(readFileSync(file, "utf8"), file);
  return module.exports;
}

const canCompile = (module: Module): module is Module & Compiles =>
  typeof Reflect.get(module, "_compile") === "function";

const isHandler = (value: unknown): value is Handler => typeof value === "function";
