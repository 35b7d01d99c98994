// The size of an item as DynamoDB counts it, of which a record's SizeBytes is made.

import { isRecord } from "../template/json";

const EMPTY_DOCUMENT_BYTES = 3;
const ELEMENT_BYTES = 1;

export function itemBytes(item: unknown): number {
  if (!isRecord(item)) return 0;
  return Object.entries(item).reduce(
    (bytes, [name, value]) => bytes + Buffer.byteLength(name) + valueBytes(value),
    0,
  );
}

function valueBytes(value: unknown): number {
  if (!isRecord(value)) return 0;
  const [type = "", held] = Object.entries(value)[0] ?? [];
  switch (type) {
    case "S":
      return Buffer.byteLength(String(held));
    case "N":
      return numberBytes(String(held));
    case "B":
      return Buffer.byteLength(String(held), "base64");
    case "SS":
    case "NS":
    case "BS":
      return sum(held, (element) => valueBytes({ [type.slice(0, 1)]: element }));
    case "L":
      return EMPTY_DOCUMENT_BYTES + sum(held, (element) => ELEMENT_BYTES + valueBytes(element));
    case "M":
      return (
        EMPTY_DOCUMENT_BYTES +
        itemBytes(held) +
        ELEMENT_BYTES * (isRecord(held) ? Object.keys(held).length : 0)
      );
    default:
      // NULL and BOOL.
      return 1;
  }
}

/** A byte for two significant digits, and one more; a sign takes another. */
function numberBytes(number: string): number {
  const digits = number
    .replace(/e.*$/i, "")
    .replace(/[^0-9]/g, "")
    .replace(/^0+|0+$/g, "");
  return Math.ceil(digits.length / 2) + 1 + (number.startsWith("-") ? 1 : 0);
}

const sum = (held: unknown, bytesOf: (element: unknown) => number): number =>
  Array.isArray(held) ? held.reduce((bytes: number, element) => bytes + bytesOf(element), 0) : 0;
