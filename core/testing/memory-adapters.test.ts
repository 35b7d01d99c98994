import { RandomIds } from "./random-ids";
import { connectionsContract, watchesContract } from "./connections.contract";
import { inboxContract } from "./inbox.contract";
import { logContract } from "./log.contract";
import { MemoryConnections, MemoryWatches } from "./memory-connections";
import { MemoryInbox } from "./memory-inbox";
import { MemoryLog } from "./memory-log";
import { MemoryPeople } from "./memory-people";
import { peopleContract } from "./people.contract";
import { pushContract } from "./push.contract";
import { RecordingPush } from "./recording-push";
import { seededRandom } from "./seeded-random";

logContract("in memory", () => new MemoryLog());
logContract("in memory, slowly", () => new MemoryLog(() => Promise.resolve()));
inboxContract("in memory", () => new MemoryInbox());
connectionsContract("in memory", () => new MemoryConnections());
watchesContract("in memory", () => new MemoryWatches());
peopleContract("in memory", () => new MemoryPeople());
pushContract("in memory", () => {
  const push = new RecordingPush();
  const ids = new RandomIds(seededRandom(1));
  return {
    push,
    open: () => ids.connection(),
    close: (connection) => push.close(connection),
    fail: (connection) => push.fail(connection),
    arrived: (connection) => push.to(connection).length,
  };
});
