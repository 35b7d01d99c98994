import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { iamWith, KEYS } from "./iam-fixture";
import { looksAtIds, numbered } from "./numbered-resources";
import { keepRulings } from "./rulings";
import { readStatements } from "./statement";
import { wildcard } from "./wildcard";

const API = "arn:aws:execute-api:us-east-1:000000000000:abc123/chat";
const manage = (id: string, method = "POST") => ({
  accessKeyId: KEYS.accessKeyId,
  action: "execute-api:ManageConnections",
  resource: `${API}/${method}/@connections/${id}`,
});
const allow = (Resource: unknown) => ({ Effect: "Allow", Action: "execute-api:*", Resource });

describe("the connections that a policy names", () => {
  it.each<[string, boolean]>([
    ["*", false],
    [`${API}/POST/@connections/*`, false],
    ["arn:aws:execute-api:*:*:*/*/POST/@connections/*", false],
    [`${API}/*`, false],
    ["arn:aws:dynamodb:*:*:table/log*", false],
    [`${API}/GET/@connections/L0SM9cOFvHcCIhw=`, false],
    [`${API}/POST/@connections/L0SM9cOFvHcCIhw=`, true],
    [`${API}/POST/@connections/L*`, true],
    [`${API}/*=`, true],
    [`${API}/*L*`, true],
    [`${API}/POST/@connections/?*`, true],
    ["*T*", true],
    // Only careful: it is decided each time, and rightly.
    ["arn:aws:execute-api:*:*:abc*", true],
  ])("%s are told apart or not by their ids", (pattern, expected) => {
    const statements = readStatements({ Statement: allow(pattern) }, "a policy");
    const front = numbered(manage("any").resource);
    expect(front && looksAtIds(statements, front)).toBe(expected);
  });

  it("are decided one by one where the policy looks at the id", () => {
    const iam = iamWith([allow(`${API}/POST/@connections/L*`)]);
    const decided = ["L1=", "M1=", "L2="].map((id) => iam.decide(manage(id)).is);
    expect(decided).toEqual(["allowed", "denied", "allowed"]);
  });

  it("share a ruling for each method where it does not", () => {
    const statements = readStatements({ Statement: allow(`${API}/POST/@connections/*`) }, "a policy");
    const rulings = keepRulings(statements.map((statement) => ({ statement, counters: [{ used: 0 }] })));
    const rulingOn = (id: string, method?: string) => {
      const { action, resource } = manage(id, method);
      return rulings(action, resource);
    };
    expect(rulingOn("L1=")).toBe(rulingOn("M1="));
    expect(rulingOn("L1=")).not.toBe(rulingOn("L1=", "DELETE"));
    expect(rulingOn("M1=")(() => undefined).is).toBe("allowed");
    expect(rulingOn("M1=", "DELETE")(() => undefined).is).toBe("denied");
  });

  it("are decided as if nothing were kept, whatever the pattern", () => {
    const pieces = fc.constantFrom(API, "/", "POST", "@connections/", "L", "1", "=", "*", "?", ":", "arn:");
    const patterns = fc.array(pieces, { minLength: 1, maxLength: 6 }).map((all) => all.join(""));
    fc.assert(
      fc.property(patterns, (pattern) => {
        const iam = iamWith([allow(pattern)]);
        for (const id of ["L1=", "M1=", "L2=", "1L", "L1="]) {
          const asked = manage(id);
          expect(iam.decide(asked).is === "allowed").toBe(wildcard(pattern)(asked.resource));
        }
      }),
    );
  });
});

describe("rulings", () => {
  it("are right for far more tables than are kept", () => {
    const iam = iamWith([{ Effect: "Allow", Action: "dynamodb:*", Resource: "*7" }]);
    const table = (at: number) => ({
      accessKeyId: KEYS.accessKeyId,
      action: "dynamodb:GetItem",
      resource: `arn:aws:dynamodb:us-east-1:000000000000:table/t${at}`,
    });
    for (const _round of [1, 2])
      for (let at = 0; at < 5_000; at++)
        expect(iam.decide(table(at)).is).toBe(at % 10 === 7 ? "allowed" : "denied");
    expect(iam.report().roles[0]?.denied.length).toBeLessThanOrEqual(500);
  });
});
