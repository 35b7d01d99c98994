import { once } from "node:events";
import { createServer } from "node:http";
import { describe, expect, it } from "vitest";
import { assertPortFree, freePort } from "./ports";

describe("ports", () => {
  it.each(["127.0.0.1", "::", "0.0.0.0"])("sees what listens on %s, and names the cure", async (host) => {
    const server = createServer().listen(0, host);
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await expect(assertPortFree(port, "app")).rejects.toThrow(
      `unable to start the app on port ${port}; something else listens there: end it, or set PARLEY_APP_PORT to another port`,
    );
    server.close();
  });

  it("lets a free port through", async () => {
    await expect(assertPortFree(await freePort(), "cloud")).resolves.toBeUndefined();
  });
});
