import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { RATE_WINDOW_MS } from "../../core/domain/limits";
import { cellsOf, type Asked, type Cell } from "./cells";
import { startHostileCloud, type HostileCloud } from "./cloud";
import { told, withoutSaid } from "./judge";
import { setTheScene, type Attacker, type Scene } from "./scene";
import type { Frame } from "./stage";
import { wireStage, type WireSeat } from "./wire-stage";

let hostile: HostileCloud;
let stage: ReturnType<typeof wireStage>;
let scene: Scene;
const said: string[] = [];

beforeAll(async () => {
  hostile = await startHostileCloud((line) => said.push(line), true);
  stage = wireStage(hostile);
  scene = await setTheScene(stage);
  // The clock is turned below, and a function that loads meanwhile would seem to take too long.
  await vi.waitFor(() => expect(said.some((line) => /Relay\] REPORT/.test(line))).toBe(true), 60_000);
});
afterAll(() => hostile.end());

/** Slots and instants of what was appended go on from one frame to the next. */
const PASSING = /"(seq|at|now)":\d+|"tally":\{[^}]*\}/g;
const isAgreed = (answer: Frame) => answer["type"] === "ok" || answer["type"] === "welcome";

/** A map out of DynamoDB has its keys in any order. */
const inOrder = (answer: Frame): string =>
  JSON.stringify(answer, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );

/** What each attacker has ever said: an answer may repeat it, and a page of their own log will. */
const everSaid = new Map<Attacker, string>();

async function play(attacker: Attacker, cell: Cell, { frame }: Asked) {
  const everything = `${everSaid.get(attacker) ?? ""}${JSON.stringify(frame)}`;
  everSaid.set(attacker, everything);
  const answer = await attacker.seat.ask(frame);
  const text = withoutSaid(inOrder(answer), cell);
  return {
    answer: isAgreed(answer) ? text.replaceAll(PASSING, "<passing>") : text,
    told: told(JSON.stringify(answer), attacker.secrets, everything),
  };
}

/** Before sixty entries stand in any window. */
const SENDS_A_WINDOW = 45;
let sends = 0;

/** What is somebody else's between what is nobody's: the frame itself may change the world for the one behind it. */
async function problemsOf(attacker: Attacker, cell: Cell): Promise<readonly string[]> {
  if (cell.foreign.frame["action"] === "send" && (sends += 3) % SENDS_A_WINDOW === 0)
    hostile.cloud.clock.turn(RATE_WINDOW_MS + 1_000);
  const before = await play(attacker, cell, cell.ghost);
  const foreign = await play(attacker, cell, cell.foreign);
  if (cell.is === "public") return [];
  const after = await play(attacker, cell, cell.ghostAgain);
  const problems = foreign.told.map((secret) => `${cell.title}: told ${secret}`);
  const isAsBefore = foreign.answer === before.answer;
  if (isAsBefore || (cell.is === "own" && foreign.answer === after.answer)) return problems;
  return [
    ...problems,
    `${cell.title}: answered ${foreign.answer}, but ${before.answer} where there is nothing`,
  ];
}

const logOf = async ({ ada, theirs: { conversation } }: Scene) =>
  ada.ask({ action: "sync", ref: `log-${Math.random()}`, conversation, after: 0 });

/** Under an id that the attacker has written before there is an entry of their own. */
const isTheirsBy = (attacker: Attacker, { kind, foreign }: Cell): boolean =>
  kind === "entry" &&
  [...foreign.said.values()].some((value) => everSaid.get(attacker)?.includes(`"id":"${value}"`));

async function askAll(is: Cell["is"]): Promise<{ readonly problems: string[]; readonly cells: number }> {
  const problems: string[] = [];
  let asked = 0;
  for (const attacker of scene.attackers) {
    const cells = cellsOf(scene, stage, attacker)
      .filter((cell) => cell.is === is)
      // While the attacker's own log is shorter than Ada's and Grace's.
      .sort((one, other) => Number(other.kind === "seq") - Number(one.kind === "seq"));
    for (const cell of cells)
      if (!isTheirsBy(attacker, cell)) problems.push(...(await problemsOf(attacker, cell)));
    asked += cells.length;
  }
  return { problems, cells: asked };
}

const pushedToAttackers = () =>
  scene.attackers.flatMap((attacker) =>
    attacker.seat
      .pushed()
      .flatMap((frame) => told(frame, attacker.secrets, everSaid.get(attacker)))
      .map((secret) => `${attacker.standing}: pushed ${secret}`),
  );

describe("on a running cloud, a frame that names what is somebody else's", () => {
  it("is answered as if it named nothing, and nobody hears of it, where it is of a conversation", async () => {
    const before = await logOf(scene);
    const heard = new Map(scene.everyone.map((seat) => [seat, seat.pushed().length]));

    const { problems, cells } = await askAll("barred");
    const after = await logOf(scene);
    // An answer comes behind what was pushed to the same socket before it.
    for (const seat of scene.everyone) await seat.ask({ action: "inbox", ref: "barrier" });

    const news = scene.everyone.flatMap((seat) => seat.pushed().slice(heard.get(seat)));
    // The relay may repeat, a second later, what the scene's people have written themselves.
    const byAttackers = news.filter(
      (frame) => !frame.startsWith('{"type":"entries"') || frame.includes("fresh"),
    );
    expect(problems).toEqual([]);
    expect(byAttackers).toEqual([]);
    expect(after["entries"]).toEqual(before["entries"]);
    expect(cells).toBeGreaterThan(200);
  });

  it("is answered as if it named nothing where it is an entry, a slot, a device, a place in a list, a ref", async () => {
    const { problems, cells } = await askAll("own");
    expect(problems).toEqual([]);
    expect(cells).toBeGreaterThan(200);
  });

  it("is told nothing of a conversation whose members it finds by handle, nor is any attacker pushed any of it", async () => {
    await askAll("public");
    expect(pushedToAttackers()).toEqual([]);
  });

  it("trips no bug: no function has reported one or ended with one", () => {
    expect(said.filter((line) => /"level":"error"|Invoke Error|route .*: /.test(line))).toEqual([]);
  });
});

describe("on a running cloud, somebody else's socket", () => {
  const doors = ["GET", "POST", "DELETE"].flatMap((method) =>
    [undefined, "AWS4-HMAC-SHA256 Credential=AKIAHOSTILE/20260101/us-east-1/execute-api/aws4_request"].map(
      (authorization) => ({ method, authorization }),
    ),
  );

  it.each(doors)("is closed to $method without keys of ours, as one that never was", async (door) => {
    const [victim] = stage.seats;
    const ask = async (id: string) => {
      const address = `${hostile.cloud.address}/chat/@connections/${encodeURIComponent(id)}`;
      const { method, authorization } = door;
      const response = await fetch(address, {
        method,
        ...(authorization ? { headers: { authorization } } : {}),
        ...(method === "POST" ? { body: '{"type":"bye","why":"signed-out"}' } : {}),
      });
      return { status: response.status, body: (await response.text()).replaceAll(id, "<id>") };
    };
    const theirs = victim?.connection ?? "";
    const ghost = theirs.replace(/^./, (letter) => (letter === "Q" ? "R" : "Q"));

    expect(await ask(theirs)).toEqual(await ask(ghost));
    expect((await ask(theirs)).status).toBe(403);
    expect(victim?.pushed().join()).not.toContain("bye");
    expect(await victim?.ask({ action: "inbox", ref: `alive-${Math.random()}` })).toMatchObject({
      type: "conversations",
    });
  });
});

describe("on a running cloud, a handshake", () => {
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const parts = ({ token }: WireSeat) => token.split(".") as [string, string, string];
  const claimsOf = (seat: WireSeat) =>
    JSON.parse(Buffer.from(parts(seat)[1], "base64url").toString()) as Frame;
  const foreignKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const signedElsewhere = (head: string, claims: object) => {
    const signed = `${head}.${encoded(claims)}`;
    return `${signed}.${sign("sha256", Buffer.from(signed), foreignKey).toString("base64url")}`;
  };

  const forgeries: readonly (readonly [string, (grace: WireSeat, mallory: WireSeat) => string])[] = [
    ["signed with a key of another pool", (grace) => signedElsewhere(parts(grace)[0], claimsOf(grace))],
    [
      "of another pool",
      (grace) => signedElsewhere(parts(grace)[0], { ...claimsOf(grace), iss: "https://a" }),
    ],
    [
      "with somebody else's person under one's own signature",
      (grace, mallory) => [parts(mallory)[0], parts(grace)[1], parts(mallory)[2]].join("."),
    ],
    ["without a signature", (grace) => `${encoded({ alg: "none" })}.${parts(grace)[1]}.`],
    [
      "signed with the public key's name as a secret",
      (grace) => {
        const signed = `${encoded({ ...JSON.parse(Buffer.from(parts(grace)[0], "base64url").toString()), alg: "HS256" })}.${parts(grace)[1]}`;
        return `${signed}.${createHmac("sha256", "public").update(signed).digest("base64url")}`;
      },
    ],
    ["that is none", () => "not.a.token"],
  ];

  const refusalOf = (token: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = new WebSocket(hostile.socketUrl, ["chat.v1", `jwt.${token}`]);
      socket.on("open", () => reject(new Error("the handshake was accepted")));
      socket.on("error", () => undefined);
      socket.on("unexpected-response", (_request, response) => {
        let body = "";
        response.on("data", (chunk: Buffer) => (body += chunk.toString()));
        response.on("end", () => {
          const { message } = JSON.parse(body) as { readonly message: string };
          resolve(`${response.statusCode} ${message}`);
          socket.terminate();
        });
      });
    });

  const seatOf = (name: string) => {
    const seat = stage.seats.find((each) => each.name === `${name} canary`);
    if (!seat) throw new Error(`unable to find ${name}; nobody sits there`);
    return seat;
  };

  it("is refused alike with every token that is not one's own, and lets nobody in", async () => {
    const open = hostile.cloud.gateway.connections().length;
    const refusals = [];
    for (const [what, forge] of forgeries)
      refusals.push([what, await refusalOf(forge(seatOf("grace"), seatOf("mallory")))]);

    expect(refusals).toEqual(forgeries.map(([what]) => [what, expect.stringMatching(/^403 /)]));
    expect(new Set(refusals.map(([, refusal]) => refusal)).size).toBe(1);
    expect(hostile.cloud.gateway.connections()).toHaveLength(open);
  });

  it("is refused with the token of an hour ago as with any other", async () => {
    hostile.cloud.clock.turn(61 * 60_000);
    expect(await refusalOf(seatOf("grace").token)).toBe(await refusalOf("not.a.token"));
  });
});
