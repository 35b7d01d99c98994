// Follows the stream of Items, a line a record, under the owner's name. Beside it stands what came together: "1,2,3".
//
//   poison     never taken, and reported as the record that failed: what stands before it in the batch is done
//   breaks     never taken, and fails the batch as a whole
//   fails: n   fails the batch as a whole, n times

import { addLine, countNote, leaveNote } from "./notes";

type Value = { readonly S?: string; readonly N?: string };
type Image = Readonly<Record<string, Value>>;
export type StreamRecord = {
  readonly eventName: "INSERT" | "MODIFY" | "REMOVE";
  readonly userIdentity?: { readonly type?: string; readonly principalId?: string } | null;
  readonly dynamodb: {
    readonly SequenceNumber: string;
    readonly Keys: Image;
    readonly NewImage?: Image;
    readonly OldImage?: Image;
  };
};

export async function handler(event: { readonly Records: readonly StreamRecord[] }) {
  await noteBatch(event.Records);
  for (const record of event.Records)
    if (!(await takes(record)))
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb.SequenceNumber }] };
  return { batchItemFailures: [] };
}

async function noteBatch(records: readonly StreamRecord[]): Promise<void> {
  for (const owner of new Set(records.map(ownerOf))) {
    const seqs = records.filter((record) => ownerOf(record) === owner).map(seqOf);
    await addLine(`${owner}.batches`, seqs.join(","));
  }
}

async function takes(record: StreamRecord): Promise<boolean> {
  const { eventName, userIdentity, dynamodb } = record;
  const { NewImage = {}, OldImage = {} } = dynamodb;
  const owner = ownerOf(record);
  if (NewImage["poison"] !== undefined) {
    await refuse(record);
    return false;
  }
  if (NewImage["breaks"] !== undefined) {
    await refuse(record);
    throw new Error("failed on purpose");
  }
  const fails = Number(NewImage["fails"]?.N ?? 0);
  if (fails > 0 && (await countNote(`${owner}.failed`)) <= fails) throw new Error("failed on purpose");
  const line = {
    did: eventName,
    seq: seqOf(record),
    before: OldImage["say"]?.S,
    after: NewImage["say"]?.S,
    by: userIdentity?.principalId,
  };
  await addLine(`${owner}.followed`, JSON.stringify(line));
  return true;
}

/** Where in the stream it stood, which is all that a dead letter says of it, and how often it was refused. */
export async function refuse(record: StreamRecord): Promise<void> {
  await leaveNote(`${ownerOf(record)}.stood`, { at: record.dynamodb.SequenceNumber });
  await countNote(`${ownerOf(record)}.refused`);
}

const ownerOf = ({ dynamodb }: StreamRecord): string => dynamodb.Keys["owner"]?.S ?? "";
const seqOf = ({ dynamodb }: StreamRecord): number => Number(dynamodb.Keys["seq"]?.N);
