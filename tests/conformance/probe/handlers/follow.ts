// Follows the stream of Items, a line a record, under the owner's name.
//
//   poison     never taken, and reported as the record that failed: what stands before it in the batch is done
//   fails: n   fails the batch as a whole, n times

import { addLine, countNote } from "./notes";

type Value = { readonly S?: string; readonly N?: string };
type Image = Readonly<Record<string, Value>>;
type StreamRecord = {
  readonly eventID: string;
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
  for (const record of event.Records)
    if (!(await takes(record)))
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb.SequenceNumber }] };
  return { batchItemFailures: [] };
}

async function takes({ eventName, userIdentity, dynamodb }: StreamRecord): Promise<boolean> {
  const { Keys, NewImage = {}, OldImage = {} } = dynamodb;
  const owner = Keys["owner"]?.S ?? "";
  if (NewImage["poison"] !== undefined) {
    await countNote(`${owner}.refused`);
    return false;
  }
  const fails = Number(NewImage["fails"]?.N ?? 0);
  if (fails > 0 && (await countNote(`${owner}.failed`)) <= fails) throw new Error("failed on purpose");
  const line = {
    did: eventName,
    seq: Number(Keys["seq"]?.N),
    before: OldImage["say"]?.S,
    after: NewImage["say"]?.S,
    by: userIdentity?.principalId,
  };
  await addLine(`${owner}.followed`, JSON.stringify(line));
  return true;
}
