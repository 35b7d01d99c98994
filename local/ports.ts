// Loopback ports: which are taken, and what to do about it.

import { once } from "node:events";
import { connect, createServer } from "node:net";

const SETTINGS = { app: "PARLEY_APP_PORT", cloud: "PARLEY_CLOUD_PORT" } as const;

/** A sentence with the cure where something else listens on it. */
export async function assertPortFree(port: number, what: keyof typeof SETTINGS): Promise<void> {
  if (!(await portTaken(port))) return;
  throw new Error(
    `unable to start the ${what} on port ${port}; something else listens there: end it, or set ${SETTINGS[what]} to another port`,
  );
}

/** Asks as a browser would, on both loopback addresses, and tries to listen as we would. */
export async function portTaken(port: number): Promise<boolean> {
  const answers = await Promise.all([connects("127.0.0.1", port), connects("::1", port)]);
  return answers.includes(true) || !(await listens(port));
}

/** Free at this moment; who takes it must be ready to lose it to another. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string")
    throw new Error("unable to find a free port; the system gave no number");
  return address.port;
}

const connects = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port });
    const answer = (taken: boolean) => {
      socket.destroy();
      resolve(taken);
    };
    socket.once("connect", () => answer(true));
    socket.once("error", () => answer(false));
  });

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
