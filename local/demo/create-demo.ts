// Ada and Grace, signed in by the real sign-in in two origins of their own, and Linus at the terminal. The app knows
// nothing of it: all of it is here, behind the loopback port of the local cloud.

import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { addressOf, hostNameOf, isThisMachine } from "../pages/hosts";
import type { Surface } from "../resources";
import { createAppProxy } from "./app-proxy";
import { createDemoOrders } from "./demo-orders";
import { sendDemoPage, sendDemoProblem } from "./demo-page";
import { type ConversationWorld, holdFirstConversation } from "./first-conversation";
import type { Introduced } from "./introduce";
import { deviceOf, introduce } from "./introduce";
import { type Connections, createLines } from "./lines";
import type { DemoPerson } from "./people";
import { peopleAnewIn, peopleIn } from "./people";
import type { Seat } from "./seats";
import { openSeatPorts, type SeatPorts } from "./seat-ports";
import { createSeats, DEMO_HOST, handleSeat, hostOfSeat, PLAIN_HOST, SEATS, SIGN_IN_PATH } from "./seats";
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
  /** In this order: the hosts of the seats, lines that are cut, the page at /demo. They come before all other surfaces. */
  readonly surfaces: readonly Surface[];
  /** "http://parley.localhost:3001/demo" */
  address(): string;
  /** "http://localhost:3001/demo", for browsers that do not resolve the name above. Its seats have ports. */
  plainAddress(): string;
  /** Opens the ports of the seats. */
  open(): Promise<void>;
  close(): void;
  /** Makes the people, if they are not there. What they say to each other is made when the page is opened. */
  prepare(): Promise<void>;
  /** With a fresh token each time. */
  terminal(): Promise<readonly string[]>;
};

export const createDemo = (options: {
  readonly users: DemoUsers;
  readonly world: ConversationWorld & { readonly connections: Connections };
  readonly dataDir: string;
  /** "http://localhost:3000" */
  readonly appAddress: string;
  /** Known once the server listens. */
  readonly cloudPort: () => number;
  /** The path of the socket: "/chat". */
  readonly socketPath: string;
}): Demo => {
  const { users, world } = options;
  const directory = join(options.dataDir, "demo");
  let people = peopleIn(directory);
  const cloud = (host: string) => `http://${host}:${String(options.cloudPort())}`;
  const socketUrl = () => `ws://localhost:${String(options.cloudPort())}${options.socketPath}`;

  const introduced = (person: DemoPerson) =>
    introduce(socketUrl(), users.accessTokenFor(person.email), person);

  type Handles = Readonly<Record<Seat, Introduced>>;
  type Prepared = Handles & { readonly isEmpty: boolean };

  const makeReady = async (): Promise<Prepared> => {
    for (const person of Object.values(people)) await users.ensureUser(person);
    const [ada, grace] = await Promise.all([introduced(people.ada), introduced(people.grace)]);
    const { tail } = await ada.open(grace.me.handle);
    ada.end();
    grace.end();
    return { ada: ada.me, grace: grace.me, isEmpty: tail === 0 };
  };
  const speaker = (person: DemoPerson, { handle }: Introduced) => ({
    ...{ name: person.name, handle, socketUrl: socketUrl() },
    accessToken: () => users.accessTokenFor(person.email),
  });
  const talk = async (): Promise<Handles> => {
    const { isEmpty, ada, grace } = await handles();
    if (isEmpty)
      await holdFirstConversation(world, {
        ada: speaker(people.ada, ada),
        grace: speaker(people.grace, grace),
      });
    return { ada, grace };
  };

  let handles = once(makeReady);
  let talked = once(talk);
  const beginAnew = async (): Promise<void> => {
    people = peopleAnewIn(directory);
    handles = once(makeReady);
    talked = once(talk);
    for (const seat of SEATS) lines.restore(seat);
    await talked();
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
  const plainOriginOf = (seat: Seat): string | undefined =>
    ports && `http://${PLAIN_HOST}:${String(ports.portOf(seat))}`;
  /** Of the same site as the page around it, which `host` names. */
  const originOf = (seat: Seat, host: string): string =>
    (host === PLAIN_HOST ? plainOriginOf(seat) : undefined) ?? cloud(hostOfSeat(seat));

  const lines = createLines({
    seatOf: (origin) =>
      SEATS.find((seat) => origin === cloud(hostOfSeat(seat)) || origin === plainOriginOf(seat)),
    connections: world.connections,
  });
  const seatView = (seat: Seat, other: Introduced, host: string) => {
    const origin = originOf(seat, host);
    const to = encodeURIComponent(`/chat/${other.handle}`);
    const address = `${origin}${SIGN_IN_PATH}?to=${to}`;
    return { seat, name: people[seat].name, isCut: lines.isCut(seat), origin, address };
  };

  const address = () => `${cloud(DEMO_HOST)}/demo`;
  const plainAddress = () => `${cloud(PLAIN_HOST)}/demo`;
  const isDemoPage = (request: IncomingMessage) =>
    request.method === "GET" && isThisMachine(request) && addressOf(request).pathname === "/demo";

  const showPage = (response: ServerResponse, host: string): void => {
    // The people first: whoever opened the page while they were made anew is not shown those before.
    talked()
      .then(async ({ ada, grace }) => ({ ada, grace, lines: await terminal() }))
      .then(
        ({ ada, grace, lines }) =>
          sendDemoPage(response, [seatView("ada", grace, host), seatView("grace", ada, host)], lines),
        (error: unknown) => sendDemoProblem(response, error instanceof Error ? error.message : String(error)),
      );
  };

  const sides = {
    proxy: createAppProxy(options.appAddress),
    signInPage: createSignInPage({
      people: () => people,
      cognito: () => ({
        userPoolId: users.poolId,
        userPoolClientId: users.clientIds[0] ?? "",
        userPoolEndpoint: `${cloud(PLAIN_HOST)}/cognito/`,
      }),
      framedBy: () => `${cloud(DEMO_HOST)} ${cloud(PLAIN_HOST)}`,
    }),
  };
  const page: Surface = {
    claims: isDemoPage,
    handle(request, response) {
      const host = hostNameOf(request);
      if (host === DEMO_HOST || (host === PLAIN_HOST && ports)) return showPage(response, host);
      response.writeHead(307, { location: ports ? plainAddress() : address() }).end();
    },
  };

  return {
    surfaces: [createSeats(sides), lines, createDemoOrders({ lines, beginAnew }), page],
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

/** After a failure the next one who asks tries again. */
const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    }));
};
