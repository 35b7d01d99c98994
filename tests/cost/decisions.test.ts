import { describe, expect, it } from "vitest";
import type { BillLine } from "../../local/meter/bill";
import { sharesOf } from "./decisions";

const NO_SYNCS = { lookouts: 0, catchUps: 0 };
const line = (more: Partial<BillLine>): BillLine => ({
  ...{ price: "socketMessage", cause: "send", detail: "up $default", quantity: 1, dollars: 1 },
  ...more,
});
const decisionOf = (more: Partial<BillLine>) => sharesOf(line(more), NO_SYNCS)[0]?.decision;

describe("a line of the bill", () => {
  it("belongs to what set it off", () => {
    expect(decisionOf({ cause: "send" })).toBe("messages");
    expect(decisionOf({ cause: "mark" })).toBe("receipts");
    expect(decisionOf({ cause: "typing" })).toBe("typing");
    expect(decisionOf({ cause: "mark", detail: "down @connections" })).toBe("receipts");
    expect(decisionOf({ cause: "ping" })).toBe("pings");
    expect(decisionOf({ cause: "here" })).toBe("presence");
    expect(decisionOf({ cause: "stream", detail: "GetItem Inbox" })).toBe("relay");
    expect(decisionOf({ cause: "$authorize", detail: "Authorize" })).toBe("opening sockets");
  });

  it("is of the inbox bumps when a message has raised the rows", () => {
    expect(decisionOf({ price: "databaseWriteUnit", detail: "UpdateItem Inbox" })).toBe("inbox bumps");
    expect(decisionOf({ price: "databaseWriteUnit", detail: "PutItem Log" })).toBe("messages");
  });

  it("is of presence when somebody's coming or going is told", () => {
    expect(decisionOf({ cause: "hello", detail: "down @connections" })).toBe("presence");
    expect(decisionOf({ cause: "$disconnect", detail: "UpdateItem People" })).toBe("presence");
    expect(decisionOf({ cause: "hello", detail: "Query Log" })).toBe("catching up");
  });

  it("is of the logs when it is a log line, whatever set that off", () => {
    expect(decisionOf({ price: "logIngestion", cause: "typing" })).toBe("logs");
    expect(decisionOf({ price: "logStorage", cause: "logs" })).toBe("kept logs");
  });

  it("is parted between lookouts and catching up by how many there were of each", () => {
    expect(sharesOf(line({ cause: "sync" }), { lookouts: 3, catchUps: 1 })).toEqual([
      { decision: "lookouts", part: 0.75 },
      { decision: "catching up", part: 0.25 },
    ]);
  });

  it("shows up even when nobody has named its frame", () => {
    expect(decisionOf({ cause: "sing" })).toBe("other");
  });
});
