// Takes nothing, ever: its mapping has no limit of attempts, only one of a record's age.

import { refuse, type StreamRecord } from "./follow";

export async function handler(event: { readonly Records: readonly StreamRecord[] }): Promise<void> {
  for (const record of event.Records) await refuse(record);
  throw new Error("failed on purpose");
}
