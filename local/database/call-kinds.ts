const READS = new Set(["GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"]);
const WRITES = new Set([
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "BatchWriteItem",
  "TransactWriteItems",
  "ExecuteStatement",
  "BatchExecuteStatement",
  "ExecuteTransaction",
]);

export const writes = (action: string): boolean => WRITES.has(action);
/** Calls on a table itself, DescribeTable and the like, cost nothing. */
export const costs = (action: string): boolean => READS.has(action) || WRITES.has(action);
