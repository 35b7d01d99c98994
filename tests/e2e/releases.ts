// The app of the test system under an address of its own, as it is and as the release after it: the same app under
// another build name, whose worker speaks the next protocol version. A real release gives changed files new names; here
// every script and style sheet of the next release has a folder `next/` in its path.

import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import { VERSION } from "../../core/protocol/version";
import { at } from "./people";

export type Release = "this" | "next" | "switched off";

export type Releases = {
  readonly address: string;
  readonly buildOf: (release: "this" | "next") => string;
  /** Which release the server holds from now on. */
  serve(release: Release): void;
  /** The server takes requests for pages and never answers them. */
  hangPages(hangs: boolean): void;
  /** How often a browser has asked for the worker. */
  readonly workersAsked: () => number;
  close(): Promise<void>;
};

const NEXT_FOLDER = "static/chunks/next/";

export async function startReleases(): Promise<Releases> {
  const app = new URL(at.appAddress);
  const thisBuild = (await fetch(app)).headers.get("x-parley-build") ?? "";
  const nextBuild = `${thisBuild}-next`;
  const removal = await removalWorker();
  let held: Release = "this";
  let hangsPages = false;
  let workersAsked = 0;

  function answer(incoming: IncomingMessage, response: ServerResponse): void {
    const path = incoming.url ?? "/";
    if (path === "/sw.js") workersAsked += 1;
    if (hangsPages && incoming.headers["sec-fetch-mode"] === "navigate") return;
    if (held === "switched off" && path === "/sw.js")
      return void response
        .writeHead(200, { "content-type": "text/javascript", "cache-control": "no-cache" })
        .end(removal);
    const isOfNext = path.includes(NEXT_FOLDER) || held === "next";
    const ask = {
      hostname: app.hostname,
      port: app.port,
      path: withoutFolder(path),
      headers: plain(incoming),
    };
    request(ask, (answered) => {
      const { "content-length": _length, ...headers } = answered.headers;
      if (headers["x-parley-build"]) headers["x-parley-build"] = isOfNext ? nextBuild : thisBuild;
      response.writeHead(answered.statusCode ?? 502, headers);
      if (!isOfNext || !/text|javascript/.test(headers["content-type"] ?? ""))
        return void answered.pipe(response);
      const chunks: Buffer[] = [];
      answered.on("data", (chunk: Buffer) => chunks.push(chunk));
      answered.on("end", () => response.end(asNext(Buffer.concat(chunks).toString())));
    })
      .on("error", () => response.destroy())
      .end();
  }

  const asNext = (text: string): string =>
    text
      .replaceAll("static/chunks/", NEXT_FOLDER)
      .replaceAll(thisBuild, nextBuild)
      .replaceAll(`protocol:${VERSION}`, `protocol:${VERSION + 1}`);

  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server on a port has an address with a port; only one on a Unix socket has a string.
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://localhost:${port}`,
    buildOf: (release) => (release === "this" ? thisBuild : nextBuild),
    serve: (release) => void (held = release),
    hangPages: (hangs) => void (hangsPages = hangs),
    workersAsked: () => workersAsked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A style sheet of the next release names its fonts from its own folder. */
const withoutFolder = (path: string): string =>
  path.replace("static/chunks/media/", "static/media/").replace(NEXT_FOLDER, "static/chunks/");

/** The proxy reads what it passes on, and a file of another release is another file. */
function plain({ headers }: IncomingMessage): IncomingMessage["headers"] {
  const {
    "accept-encoding": _encoding,
    "if-none-match": _etag,
    "if-modified-since": _since,
    ...rest
  } = headers;
  return rest;
}

/** As next.config.js bundles it for a deployment with PARLEY_OFFLINE=off. */
async function removalWorker(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ["components/browser/service-worker/removal-worker.ts"],
    bundle: true,
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}
