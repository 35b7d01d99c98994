// The records of a shard that are on their way, in the order of the stream. With several lanes they are done in any
// order; the position on disk may move only past what is done without a gap, or a crash would lose what is not.

export type Outstanding = {
  add(sequence: string): void;
  /** The last record before which everything is done, if that moved. */
  settle(sequence: string): string | undefined;
  size(): number;
};

export function createOutstanding(): Outstanding {
  const order: string[] = [];
  const done = new Set<string>();
  return {
    add: (sequence) => void order.push(sequence),
    settle: (sequence) => {
      done.add(sequence);
      let last: string | undefined;
      for (let next = order[0]; next !== undefined && done.delete(next); next = order[0]) {
        last = next;
        order.shift();
      }
      return last;
    },
    size: () => order.length,
  };
}
