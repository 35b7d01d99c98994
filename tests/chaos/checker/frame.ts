// As much of a frame as the rules look at. The history may be of a run against anything: nothing is taken for granted.

export type FrameEntry = {
  readonly conversation: string;
  readonly seq: number;
  readonly id: string;
  readonly from: string;
  readonly text?: string;
};

export type Frame = {
  /** `type` of what came down, `action` of what went up. */
  readonly name: string;
  readonly ref?: string;
  readonly conversation?: string;
  readonly user?: string;
  /** An `ok` that says more than that it is done. */
  readonly unreached: boolean;
  readonly appended: readonly { readonly id: string; readonly seq: number }[];
  /** Pushed, in a page, or as the tail of a row. */
  readonly entries: readonly FrameEntry[];
  /** What a `send` wants to write: the ids and their texts. */
  readonly drafts: readonly { readonly id: string; readonly text?: string }[];
  /** Every conversation whose content is in it. */
  readonly conversations: readonly string[];
};

export function frameOf(json: string): Frame | undefined {
  const frame = parsed(json);
  if (!isRecord(frame)) return undefined;
  const name = text(frame["type"]) ?? text(frame["action"]);
  if (name === undefined) return undefined;
  const conversation = text(frame["conversation"]);
  const rows = [...list(frame["rows"]), ...list(frame["conversations"])].filter(isRecord);
  const drafts = text(frame["action"]) === undefined ? [] : list(frame["entries"]);
  const told = text(frame["action"]) === undefined ? list(frame["entries"]) : [];
  const entries = [...told, frame["entry"], ...rows.map((row) => row["tail"])].flatMap(entryOf);
  const [ref, user] = [text(frame["ref"]), text(frame["user"])];
  const named = [conversation, ...rows.map((row) => text(row["conversation"]))];
  return {
    name,
    ...(ref === undefined ? {} : { ref }),
    ...(conversation === undefined ? {} : { conversation }),
    ...(user === undefined ? {} : { user }),
    unreached: frame["unreached"] === true,
    appended: list(frame["appended"]).flatMap(placeOf),
    entries,
    drafts: drafts.flatMap(draftOf),
    conversations: [...new Set([...named, ...entries.map((entry) => entry.conversation)])].filter(
      (one) => one !== undefined,
    ),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // A hostile frame need not be JSON.
    return undefined;
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function placeOf(value: unknown) {
  if (!isRecord(value)) return [];
  const { id, seq } = value;
  return typeof id === "string" && typeof seq === "number" ? [{ id, seq }] : [];
}

const bodyOf = (body: unknown) => {
  const said = isRecord(body) ? text(body["text"]) : undefined;
  return said === undefined ? {} : { text: said };
};

function draftOf(value: unknown) {
  const id = isRecord(value) ? text(value["id"]) : undefined;
  return id === undefined || !isRecord(value) ? [] : [{ id, ...bodyOf(value["body"]) }];
}

function entryOf(value: unknown): readonly FrameEntry[] {
  if (!isRecord(value)) return [];
  const { conversation, seq, id, from, body } = value;
  if (typeof conversation !== "string" || typeof seq !== "number") return [];
  if (typeof id !== "string" || typeof from !== "string") return [];
  return [{ conversation, seq, id, from, ...bodyOf(body) }];
}
