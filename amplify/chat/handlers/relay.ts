import { relay } from "../../../core/domain/relay";
import { composeRelay } from "../adapters/composition";
import { entryPoint } from "../adapters/entry-point";
import { errorFields } from "../adapters/log-line";
import { streamRecordsOf } from "../adapters/stream-records";

const ports = composeRelay();

/** Lambda repeats from the lowest record that is answered on; what is relayed twice is no different. */
export const handler = entryPoint("relay", async (event) => {
  const records = streamRecordsOf(event);
  const entries = records.flatMap((record) => (record.is === "entry" ? [record.entry] : []));
  const stranded = await relay(ports, entries);
  const reasons = new Map(stranded.map(({ entry, reason }) => [entry, reason]));
  const failed = records.flatMap((record) => {
    if (record.is === "unreadable") return [record];
    return reasons.has(record.entry) ? [{ place: record.place, reason: reasons.get(record.entry) }] : [];
  });
  const [first] = failed;
  return {
    answer: { batchItemFailures: failed.map(({ place }) => ({ itemIdentifier: place })) },
    fields: {
      entries: records.length,
      ...(first ? { level: "error", failed: failed.length, ...errorFields(first.reason) } : {}),
    },
  };
});
