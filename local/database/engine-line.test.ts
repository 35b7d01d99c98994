import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { afterEach, describe, expect, it } from "vitest";
import { EngineLine } from "./engine-line";

/** In a thread of its own: this one is going to stand still. It closes a line that was still for so long. */
async function engine(closesAfterMs: number) {
  const worker = new Worker(
    `const { parentPort } = require("node:worker_threads");
     let open = 0, accepted = 0;
     const server = require("node:net").createServer((socket) => {
       open += 1; accepted += 1;
       socket.on("close", () => (open -= 1)).on("error", () => {});
       socket.on("data", () => {
         socket.write("HTTP/1.1 200 OK\\r\\ncontent-length: 2\\r\\n\\r\\n{}");
         setTimeout(() => socket.end(), ${closesAfterMs});
       });
     });
     parentPort.on("message", () => parentPort.postMessage({ open, accepted }));
     server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));`,
    { eval: true },
  );
  workers.push(worker);
  const [port] = (await once(worker, "message")) as [number];
  const lines = async () => {
    worker.postMessage("?");
    const [counts] = (await once(worker, "message")) as [{ open: number; accepted: number }];
    return counts;
  };
  return { address: () => `http://127.0.0.1:${port}`, lines };
}

const workers: Worker[] = [];
afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.terminate())));

const frozen = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
const REQUEST = "POST / HTTP/1.1\r\ncontent-length: 0\r\n\r\n";

describe("a line to the engine", () => {
  it("is used again, and opened anew when the engine closed it while this thread stood still", async () => {
    const { address, lines } = await engine(30);
    const line = new EngineLine(address);
    expect((await line.ask(REQUEST)).body).toBe("{}");
    expect((await line.ask(REQUEST)).body).toBe("{}");
    expect((await lines()).accepted).toBe(1);

    frozen(300);
    expect((await line.ask(REQUEST)).body).toBe("{}");
    expect((await lines()).accepted).toBe(2);
    line.close();
  });

  it("is not left open by who asks after it was closed", async () => {
    const { address, lines } = await engine(60_000);
    const line = new EngineLine(address);
    line.close();
    expect((await line.ask(REQUEST)).body).toBe("{}");
    await expect.poll(lines).toEqual({ open: 0, accepted: 1 });
  });
});
