// AWS's Signature Version 4 for the one kind of request that the functions make: a POST with a body and no query.
// A library signs every kind, for 8 KB of the bundle; the tests hold this one to such a library's answers.

import { createHmac, hash } from "node:crypto";
import type { Identity } from "./identity";

export type Post = {
  readonly service: string;
  readonly host: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type Sign = (post: Post, at: Date) => Readonly<Record<string, string>>;

const ALGORITHM = "AWS4-HMAC-SHA256";

/** Today's and, about midnight, yesterday's, for each of two services. */
const KEYS_KEPT = 4;

const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/** encodeURIComponent leaves these as they are; the signature's rules do not. */
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** What a path is signed as is encoded once more than what is sent. */
const canonicalPath = (path: string) => (path === "/" ? path : path.split("/").map(encoded).join("/"));

/** Answers with all headers of the request. */
export function signer(identity: Identity): Sign {
  const keys = new Map<string, Buffer>();

  /** The same for a day; a function's environment lives for hours. */
  function keyOf(day: string, service: string): Buffer {
    const scope = `${day}/${service}`;
    const known = keys.get(scope);
    if (known) return known;
    if (keys.size >= KEYS_KEPT) keys.clear();
    const key = [identity.region, service, "aws4_request"].reduce<Buffer>(
      hmac,
      hmac(`AWS4${identity.secretAccessKey}`, day),
    );
    keys.set(scope, key);
    return key;
  }

  return ({ service, host, path, headers, body }, at) => {
    const moment = at.toISOString().replace(/[:-]|\.\d{3}/g, "");
    const day = moment.slice(0, 8);
    const sent: Record<string, string> = {
      ...headers,
      Host: host,
      "Content-Length": String(Buffer.byteLength(body)),
      "X-Amz-Date": moment,
    };
    if (identity.sessionToken !== undefined) sent["X-Amz-Security-Token"] = identity.sessionToken;
    const lines = Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value.trim()] as const);
    lines.sort(([a], [b]) => (a < b ? -1 : 1));
    const names = lines.map(([name]) => name).join(";");
    const canonical = [
      "POST",
      canonicalPath(path),
      "",
      ...lines.map(([name, value]) => `${name}:${value}`),
      "",
      names,
      hash("sha256", body, "hex"),
    ].join("\n");
    const scope = `${day}/${identity.region}/${service}/aws4_request`;
    const toSign = [ALGORITHM, moment, scope, hash("sha256", canonical, "hex")].join("\n");
    const signature = createHmac("sha256", keyOf(day, service)).update(toSign).digest("hex");
    sent["Authorization"] =
      `${ALGORITHM} Credential=${identity.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
    return sent;
  };
}
