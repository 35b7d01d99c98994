// The template's queues, kept in one file of the data directory.

import { join } from "node:path";
import type { Clock } from "../clock";
import type { Resource, Surface } from "../resources";
import { openDurableFile } from "../user-pool/durable-file";
import { type AuthorizeQueueCall, claims, handle } from "./answering";
import { emptyStored, isStored } from "./message";
import { createQueue, type Depth, type Queue } from "./queue";
import { readQueues } from "./settings";

export type Queues = Surface & {
  readonly arns: readonly string[];
  /** Resolves when the message is on the disk. Rejects for a queue that is not there. */
  send(arn: string, body: string): Promise<void>;
  depth(arn: string): Depth;
  /** All of it, in flight or not, and without receiving it. */
  bodies(arn: string): readonly string[];
  /** Settles when everything is on the disk. */
  stop(): Promise<void>;
};

export function createQueues(options: {
  readonly resources: readonly Resource[];
  readonly nameOf: (resource: Resource) => string;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly authorize: AuthorizeQueueCall;
  readonly onArrival?: (arn: string) => void;
}): Queues {
  const settings = readQueues(options.resources, options.nameOf);
  const file = openDurableFile({
    path: join(options.dataDir, "queues", "queues.json"),
    what: "the messages of the queues",
    initial: emptyStored,
    isWhole: isStored,
  });
  const queues = new Map<string, Queue>();
  for (const each of settings)
    queues.set(
      each.arn,
      createQueue({
        settings: each,
        messages: (file.value.queues[each.name] ??= []),
        clock: options.clock,
        deadLetters: (arn) => queues.get(arn),
        onArrival: () => options.onArrival?.(each.arn),
      }),
    );
  const queueOf = (arn: string): Queue => {
    const queue = queues.get(arn);
    if (queue === undefined) throw new Error(`unable to find the queue ${arn}; the template has none`);
    return queue;
  };
  const answering = {
    queueNamed: (name: string) => [...queues.values()].find(({ settings: { name: own } }) => own === name),
    authorize: options.authorize,
    saved: () => file.saved(),
  };

  return {
    claims,
    handle: (request, response) => {
      // It answers every expected "no" itself; what is left is a disk that is full or a connection that is gone.
      handle(answering, request, response).catch(() => response.destroy());
    },
    arns: [...queues.keys()],
    send: async (arn, body) => {
      queueOf(arn).send(body);
      await file.saved();
    },
    depth: (arn) => queueOf(arn).depth(),
    bodies: (arn) => queueOf(arn).bodies(),
    stop: () => file.saved(),
  };
}
