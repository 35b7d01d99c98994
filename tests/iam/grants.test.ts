// Takes one grant away at a time. The scene that needs the grant must fail here as the scene would fail on AWS, and the
// report must name the missing action.

import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VERSION } from "../../core/protocol/version";
import { runTemplate, type RunningTemplate } from "../../local/index";
import type { Resource } from "../../local/resources";
import { synthesize } from "../../local/synth/synthesize";
import { isRecord } from "../../local/template/json";
import { readTemplate, type Template } from "../../local/template/template";
import { newPassword } from "../fixtures/account";
import { RawSocket, type Frame } from "../fixtures/raw-socket";
import { TEST_SYSTEM } from "../fixtures/system";

/** What is taken away, of the role whose id has this in it. */
type Grant = { readonly role: string; readonly action: string; readonly on: string };

let whole: Template;
beforeAll(async () => {
  const { assembly } = await synthesize({ outDir: TEST_SYSTEM.assemblies });
  whole = readTemplate(assembly);
});

const newId = () => randomBytes(12).toString("base64url");

const places: string[] = [];
afterAll(() => places.forEach((place) => rmSync(place, { recursive: true, force: true })));

async function withCloud<T>(template: Template, play: (cloud: RunningTemplate) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), "parley-grants-"));
  places.push(dataDir);
  const cloud = await runTemplate({
    ...{ template, dataDir, port: 0, verbose: false },
    say: () => undefined,
    onLost: (reason) => {
      throw reason;
    },
  });
  try {
    return await play(cloud);
  } finally {
    await cloud.stop();
  }
}

/** The template as the CDK would have made it without that grant. */
function without({ role, action, on }: Grant): Template {
  let taken = 0;
  const resources = whole.resources.map((resource): Resource => {
    const { PolicyDocument: document } = resource.properties;
    if (resource.type !== "AWS::IAM::Policy" || !resource.id.includes(role) || !isRecord(document))
      return resource;
    const statements = (document["Statement"] as readonly Record<string, unknown>[]).flatMap((statement) => {
      if (!JSON.stringify(statement["Resource"]).includes(on)) return [statement];
      const actions = [statement["Action"]].flat().filter((each) => each !== action);
      taken += [statement["Action"]].flat().length - actions.length;
      return actions.length === 0 ? [] : [{ ...statement, Action: actions }];
    });
    return {
      ...resource,
      properties: { ...resource.properties, PolicyDocument: { ...document, Statement: statements } },
    };
  });
  if (taken === 0) throw new Error(`unable to take ${action} on ${on} away; ${role} has no such grant`);
  return { ...whole, resources };
}

const socketUrl = (cloud: RunningTemplate) => `${cloud.address.replace("http", "ws")}/chat`;

async function token(cloud: RunningTemplate, name: string): Promise<string> {
  const email = `${name}@example.com`;
  await cloud.userPool.ensureUser({ email, name, password: newPassword() });
  return cloud.userPool.accessTokenFor(email);
}

type Peer = { readonly socket: RawSocket; readonly device: string; readonly handle: string };

async function arrive(cloud: RunningTemplate, name: string): Promise<Peer> {
  const socket = await RawSocket.open(socketUrl(cloud), ["chat.v1", `jwt.${await token(cloud, name)}`]);
  const device = newId();
  await socket.ask({ action: "hello", device, version: VERSION });
  const { me } = await socket.ask({ action: "profile", name });
  return { socket, device, handle: (me as { handle: string }).handle };
}

async function twoPeople(cloud: RunningTemplate) {
  const [ada, grace] = [await arrive(cloud, "Ada"), await arrive(cloud, "Grace")];
  const { rows } = await ada.socket.ask({ action: "open", handle: grace.handle });
  const [row] = rows as readonly { readonly conversation: string }[];
  const say = (text: string): Promise<Frame> =>
    ada.socket.ask({
      ...{ action: "send", device: ada.device, conversation: row?.conversation, after: 0 },
      entries: [{ kind: "message", id: newId(), body: { text } }],
    });
  return { ada, grace, say };
}

const denied = (cloud: RunningTemplate) =>
  cloud.iam
    .report()
    .roles.flatMap((role) => role.denied.map(({ action, resource }) => `${role.role} ${action} ${resource}`));

describe("with every grant", () => {
  it("two people talk and nothing is denied", async () => {
    await withCloud(whole, async (cloud) => {
      const { grace, say } = await twoPeople(cloud);
      expect(await say("hello")).toMatchObject({ type: "ok" });
      await grace.socket.next((frame) => JSON.stringify(frame).includes("hello"));
      expect(denied(cloud)).toEqual([]);
    });
  });
});

describe("without the grant", () => {
  it("to put into the log, a message is refused and the report names the statement", async () => {
    const grant = { role: "ChatFrames", action: "dynamodb:PutItem", on: "ChatTablesLog" };
    await withCloud(without(grant), async (cloud) => {
      const { say } = await twoPeople(cloud);
      expect(await say("hello")).toMatchObject({ type: "refused" });
      expect(denied(cloud)).toEqual([
        expect.stringMatching(/ChatFrames.* dynamodb:PutItem .*table\/.*ChatTablesLog/),
      ]);
    });
  });

  it("to put a connection, the handshake fails as a failed function does", async () => {
    const grant = { role: "ChatConnect", action: "dynamodb:PutItem", on: "ChatTablesConnections" };
    await withCloud(without(grant), async (cloud) => {
      const protocols = ["chat.v1", `jwt.${await token(cloud, "Ada")}`];
      expect(await RawSocket.refusedWith(socketUrl(cloud), protocols)).toBeGreaterThanOrEqual(500);
      expect(denied(cloud)).toEqual([
        expect.stringMatching(/ChatConnect.* dynamodb:PutItem .*ChatTablesConnections/),
      ]);
    });
  });

  it("to query the index, the list of conversations is refused and nothing else", async () => {
    const grant = { role: "ChatFrames", action: "dynamodb:Query", on: "/index/" };
    await withCloud(without(grant), async (cloud) => {
      const ada = await RawSocket.open(socketUrl(cloud), ["chat.v1", `jwt.${await token(cloud, "Ada")}`]);
      expect(await ada.ask({ action: "hello", device: newId(), version: VERSION })).toMatchObject({
        type: "refused",
      });
      expect(await ada.ask({ action: "profile", name: "Ada" })).not.toMatchObject({ type: "refused" });
      expect(denied(cloud)).toEqual([expect.stringMatching(/dynamodb:Query .*\/index\/byActivity/)]);
    });
  });

  it("to post to connections, a message is stored and reaches nobody live", async () => {
    const grant = { role: "ChatFrames", action: "execute-api:ManageConnections", on: "@connections" };
    await withCloud(without(grant), async (cloud) => {
      const { grace, say } = await twoPeople(cloud);
      expect(await say("hello")).toMatchObject({ type: "ok" });
      expect(JSON.stringify(grace.socket.received)).not.toContain("hello");
      expect(denied(cloud)[0]).toMatch(/execute-api:ManageConnections .*\/chat\/POST\/@connections\//);
    });
  });
});

describe("without the permission for API Gateway to call", () => {
  it.each([
    ["the authorizer", "Authorize"],
    ["$connect", "Connect"],
  ])("%s, the handshake is answered with an error of the server", async (_, name) => {
    const resources = whole.resources.filter(
      ({ type, properties }) =>
        type !== "AWS::Lambda::Permission" || !JSON.stringify(properties).includes(`Chat${name}`),
    );
    expect(resources.length).toBeLessThan(whole.resources.length);
    await withCloud({ ...whole, resources }, async (cloud) => {
      const protocols = ["chat.v1", `jwt.${await token(cloud, "Ada")}`];
      expect(await RawSocket.refusedWith(socketUrl(cloud), protocols)).toBeGreaterThanOrEqual(500);
    });
  });
});
