// What a table's items are billed as stored: their size as the developer guide reckons it ("DynamoDB Item sizes and
// formats"), and a hundred bytes for each, in the table and in every index that holds it.

export const ITEM_OVERHEAD_BYTES = 100;

export type StoredTable = {
  /** As the API writes them: { user: { S: "ada" }, read: { N: "12" } }. */
  readonly items: readonly Readonly<Record<string, unknown>>[];
  /** The attributes that each index holds. */
  readonly indexes: readonly (readonly string[])[];
};

export function storedBytes({ items, indexes }: StoredTable): number {
  return items.reduce((sum, item) => {
    const copies = indexes.map((names) => picked(item, names));
    return [item, ...copies].reduce((all, copy) => all + itemBytes(copy) + ITEM_OVERHEAD_BYTES, sum);
  }, 0);
}

export const itemBytes = (item: Readonly<Record<string, unknown>>): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);

const picked = (item: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));

/** A list or a map has three bytes of its own and one for each of its members. */
const CONTAINER_BYTES = 3;

function valueBytes(value: unknown): number {
  const [kind, held] = onlyEntry(value);
  switch (kind) {
    case "S":
      return Buffer.byteLength(String(held));
    case "N":
      return numberBytes(String(held));
    case "B":
      return Buffer.byteLength(String(held), "base64");
    case "BOOL":
    case "NULL":
      return 1;
    case "M":
      return CONTAINER_BYTES + Object.keys(record(held)).length + itemBytes(record(held));
    case "L":
      return (Array.isArray(held) ? held : []).reduce<number>(
        (sum, each) => sum + 1 + valueBytes(each),
        CONTAINER_BYTES,
      );
    case "SS":
    case "NS":
    case "BS":
      return (Array.isArray(held) ? held : []).reduce<number>(
        (sum, each) => sum + valueBytes({ [kind.charAt(0)]: each }),
        0,
      );
    default:
      throw new Error(`unable to reckon an item's size; "${kind}" is no type of DynamoDB's`);
  }
}

/** A byte for every two significant digits, and one more. */
function numberBytes(text: string): number {
  const digits = text.replace(/^-|\.|e.*$/gi, "").replace(/^0+|0+$/g, "");
  return Math.ceil(digits.length / 2) + 1;
}

const onlyEntry = (value: unknown): readonly [string, unknown] =>
  Object.entries(record(value))[0] ?? ["", undefined];

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
