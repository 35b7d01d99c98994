// HTTP/1.1 messages off a byte stream. Each call of a function to its tables passes here, four and more a chat
// message, and Node's own server and client together cost five times what these lines do.
//
// Bodies by Content-Length or, as Jetty sends long answers, in chunks; nothing else (RFC 9112, 6.3).

export type HttpMessage = {
  /** "POST / HTTP/1.1" or "HTTP/1.1 200 OK" */
  readonly startLine: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const HEAD_END = Buffer.from("\r\n\r\n");
const LINE_END = Buffer.from("\r\n");
/** Node's own limit is 16 KB. */
const MOST_HEAD_BYTES = 16 * 1024;
/** DynamoDB takes requests, and gives answers, of at most 16 MB. */
const MOST_BODY_BYTES = 17 * 1024 * 1024;

type Head = Omit<HttpMessage, "body"> & { readonly bodyAt: number };

export class HttpReader {
  private held: Buffer = Buffer.alloc(0);
  private head: Head | undefined;

  /** The messages that are whole with this chunk. Throws on what is no HTTP. */
  read(chunk: Buffer): readonly HttpMessage[] {
    this.held = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
    const whole: HttpMessage[] = [];
    for (let next = this.next(); next !== undefined; next = this.next()) whole.push(next);
    return whole;
  }

  private next(): HttpMessage | undefined {
    this.head ??= readHead(this.held);
    const { head } = this;
    if (head === undefined) return undefined;
    const body = readBody(head, this.held);
    if (body === undefined) return undefined;
    this.held = this.held.subarray(body.endsAt);
    this.head = undefined;
    return { startLine: head.startLine, headers: head.headers, body: body.text };
  }
}

function readHead(held: Buffer): Head | undefined {
  const end = held.indexOf(HEAD_END);
  if (end < 0 && held.length > MOST_HEAD_BYTES) throw new Error("unable to read HTTP; the head is too long");
  if (end < 0) return undefined;
  const [startLine = "", ...lines] = held.toString("latin1", 0, end).split("\r\n");
  if (!/^(HTTP\/1\.[01] \d{3}|[A-Z]+ \S+ HTTP\/1\.[01]$)/.test(startLine))
    throw new Error("unable to read HTTP; the first line is neither a request nor an answer");
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { startLine, headers, bodyAt: end + HEAD_END.length };
}

type Body = { readonly text: string; readonly endsAt: number };

function readBody({ headers, bodyAt }: Head, held: Buffer): Body | undefined {
  if (headers["transfer-encoding"]?.toLowerCase() === "chunked") return readChunks(held, bodyAt);
  const size = Number(headers["content-length"] ?? 0);
  if (!Number.isInteger(size) || size < 0 || size > MOST_BODY_BYTES)
    throw new Error("unable to read HTTP; its Content-Length is no size of a body");
  const endsAt = bodyAt + size;
  return held.length < endsAt ? undefined : { text: held.toString("utf8", bodyAt, endsAt), endsAt };
}

/** From the start at each new chunk: long answers are rare, and their pieces few. */
function readChunks(held: Buffer, bodyAt: number): Body | undefined {
  const pieces: Buffer[] = [];
  for (let at = bodyAt, total = 0; ;) {
    const lineEnd = held.indexOf(LINE_END, at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(held.toString("latin1", at, lineEnd), 16);
    total += size;
    if (!Number.isInteger(size) || total > MOST_BODY_BYTES)
      throw new Error("unable to read HTTP; the size of a chunk is no size");
    const from = lineEnd + LINE_END.length;
    const next = from + size + LINE_END.length;
    if (held.length < next) return undefined;
    if (size === 0) return { text: Buffer.concat(pieces).toString("utf8"), endsAt: next };
    pieces.push(held.subarray(from, from + size));
    at = next;
  }
}
