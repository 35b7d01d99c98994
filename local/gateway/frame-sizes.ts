/** API Gateway's limit of one frame; a message may come in several. */
export const MOST_FRAME_BYTES = 32 * 1024;
export const MOST_MESSAGE_BYTES = 128 * 1024;

/**
 * Reads the sizes of WebSocket frames off the raw stream. `ws` joins the fragments of a message before it shows
 * them, and bounds only their sum; the size of one frame stands in its header alone (RFC 6455, 5.2).
 *
 * Without compression, which API Gateway does not negotiate, the size on the wire is the size.
 */
export class FrameSizes {
  /** Of the header that is being read; a header may be cut in two by the network. */
  private header: number[] = [];
  private payloadLeft = 0;

  /** The largest frame whose header ends in this chunk; 0 when none does. */
  read(chunk: Uint8Array): number {
    let largest = 0;
    for (let at = 0; at < chunk.length;) {
      if (this.payloadLeft > 0) {
        const skipped = Math.min(this.payloadLeft, chunk.length - at);
        this.payloadLeft -= skipped;
        at += skipped;
        continue;
      }
      this.header.push(chunk[at] ?? 0);
      at += 1;
      const size = payloadSize(this.header);
      if (size === undefined) continue;
      this.header = [];
      this.payloadLeft = size;
      largest = Math.max(largest, size);
    }
    return largest;
  }
}

/** Undefined until the header is whole: 2 bytes, then 0, 2 or 8 of length, then 4 of mask. */
function payloadSize(header: readonly number[]): number | undefined {
  const second = header[1];
  if (second === undefined) return undefined;
  const short = second & 0x7f;
  const lengthBytes = short === 127 ? 8 : short === 126 ? 2 : 0;
  const maskBytes = (second & 0x80) === 0 ? 0 : 4;
  if (header.length < 2 + lengthBytes + maskBytes) return undefined;
  if (lengthBytes === 0) return short;
  return header.slice(2, 2 + lengthBytes).reduce((size, byte) => size * 256 + byte, 0);
}
