// Ada and Grace, signed in by the real sign-in in two origins of their own, and Linus at the terminal. The app knows
// nothing of it: all of it is here, behind the loopback port of the local cloud.

import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { addressOf, hostNameOf, isThisMachine } from "../pages/hosts";
import type { Surface } from "../resources";
import { createAppProxy } from "./app-proxy";
import { sendDemoPage, sendDemoProblem } from "./demo-page";
import type { Introduced } from "./introduce";
import { deviceOf, introduce } from "./introduce";
import type { DemoPerson } from "./people";
import { peopleIn } from "./people";
import type { Seat } from "./seats";
import { openSeatPorts, type SeatPorts } from "./seat-ports";
import { createSeats, DEMO_HOST, handleSeat, hostOfSeat, PLAIN_HOST, SIGN_IN_PATH } from "./seats";
import { createSignInPage } from "./sign-in-page";
import { terminalLines } from "./terminal-line";

/** The door into the user pool that is open in this process only. */
export interface DemoUsers {
  readonly poolId: string;
  readonly clientIds: readonly string[];
  ensureUser(person: Pick<DemoPerson, "name" | "email" | "password">): Promise<string>;
  accessTokenFor(email: string): string;
}

export type Demo = {
  /** The hosts of the seats. To be asked before every surface that goes by the path alone. */
  readonly seats: Surface;
  /** The page at /demo. */
  readonly page: Surface;
  /** "http://parley.localhost:3001/demo" */
  address(): string;
  /** "http://localhost:3001/demo", for browsers that do not resolve the name above. Its seats have ports. */
  plainAddress(): string;
  /** Opens the ports of the seats. */
  open(): Promise<void>;
  close(): void;
  /** Makes the people and their conversation, if they are not there. */
  prepare(): Promise<void>;
  /** With a fresh token each time. */
  terminal(): Promise<readonly string[]>;
};

export const createDemo = (options: {
  readonly users: DemoUsers;
  readonly dataDir: string;
  /** "http://localhost:3000" */
  readonly appAddress: string;
  /** Known once the server listens. */
  readonly cloudPort: () => number;
  /** The path of the socket: "/chat". */
  readonly socketPath: string;
}): Demo => {
  const { users } = options;
  const people = peopleIn(join(options.dataDir, "demo"));
  const cloud = (host: string) => `http://${host}:${String(options.cloudPort())}`;
  const socketUrl = () => `ws://localhost:${String(options.cloudPort())}${options.socketPath}`;

  const introduced = (person: DemoPerson) =>
    introduce(socketUrl(), users.accessTokenFor(person.email), person);

  type Handles = Readonly<Record<Seat, Introduced>>;

  const makeReady = async (): Promise<Handles> => {
    for (const person of Object.values(people)) await users.ensureUser(person);
    const [ada, grace] = await Promise.all([introduced(people.ada), introduced(people.grace)]);
    await ada.open(grace.me.handle);
    ada.end();
    grace.end();
    return { ada: ada.me, grace: grace.me };
  };

  let ready: Promise<Handles> | undefined;
  /** Once; after a failure the next one who asks tries again. */
  const handles = (): Promise<Handles> => {
    ready ??= makeReady().catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    return ready;
  };

  const terminal = async (): Promise<readonly string[]> => {
    const { ada } = await handles();
    const linus = await introduced(people.linus);
    const conversation = await linus.open(ada.handle);
    linus.end();
    return terminalLines({
      name: people.linus.name,
      device: deviceOf(people.linus),
      to: people.ada.name,
      socketUrl: socketUrl(),
      accessToken: users.accessTokenFor(people.linus.email),
      conversation,
    });
  };

  let ports: SeatPorts | undefined;
  /** Of the same site as the page around it, which `host` names. */
  const originOf = (seat: Seat, host: string): string =>
    host === PLAIN_HOST && ports
      ? `http://${PLAIN_HOST}:${String(ports.portOf(seat))}`
      : cloud(hostOfSeat(seat));

  const seatView = (seat: Seat, other: Introduced, host: string) => {
    const origin = originOf(seat, host);
    const to = encodeURIComponent(`/chat/${other.handle}`);
    return { name: people[seat].name, origin, address: `${origin}${SIGN_IN_PATH}?to=${to}` };
  };

  const address = () => `${cloud(DEMO_HOST)}/demo`;
  const plainAddress = () => `${cloud(PLAIN_HOST)}/demo`;
  const isDemoPage = (request: IncomingMessage) =>
    request.method === "GET" && isThisMachine(request) && addressOf(request).pathname === "/demo";

  const sides = {
    proxy: createAppProxy(options.appAddress),
    signInPage: createSignInPage({
      people,
      cognito: () => ({
        userPoolId: users.poolId,
        userPoolClientId: users.clientIds[0] ?? "",
        userPoolEndpoint: `${cloud(PLAIN_HOST)}/cognito/`,
      }),
      framedBy: () => `${cloud(DEMO_HOST)} ${cloud(PLAIN_HOST)}`,
    }),
  };

  return {
    seats: createSeats(sides),
    page: {
      claims: isDemoPage,
      handle(request, response) {
        const host = hostNameOf(request);
        if (host !== DEMO_HOST && (host !== PLAIN_HOST || !ports)) {
          response.writeHead(307, { location: ports ? plainAddress() : address() }).end();
          return;
        }
        Promise.all([handles(), terminal()]).then(
          ([{ ada, grace }, lines]) =>
            sendDemoPage(response, [seatView("ada", grace, host), seatView("grace", ada, host)], lines),
          (error: unknown) =>
            sendDemoProblem(response, error instanceof Error ? error.message : String(error)),
        );
      },
    },
    address,
    plainAddress,
    open: async () => {
      ports ??= await openSeatPorts(options.cloudPort(), {
        handle: (seat, request, response) => handleSeat(sides, seat, request, response),
        upgrade: (request, socket, head) => sides.proxy.upgrade(request, socket, head),
      });
    },
    close: () => {
      ports?.close();
      ports = undefined;
    },
    prepare: async () => void (await handles()),
    terminal,
  };
};
