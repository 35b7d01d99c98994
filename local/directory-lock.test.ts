import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lockDirectory } from "./directory-lock";
import { identityOf } from "./running";

const directory = () => mkdtempSync(join(tmpdir(), "parley-lock-"));

describe("the lock of a data directory", () => {
  it("lets one cloud in at a time", () => {
    const place = directory();
    const lock = lockDirectory(place);
    expect(() => lockDirectory(place)).toThrow(
      `unable to use ${place}; another local cloud (process ${process.pid}) is running on it: end that one first`,
    );
    lock.release();
    lockDirectory(place).release();
  });

  it("is free again when its holder was killed and someone else has its number", () => {
    const place = directory();
    writeFileSync(join(place, "lock"), `${process.pid} an earlier start`);
    expect(() => lockDirectory(place)).not.toThrow();
  });

  it("is free again when nobody has the holder's number", () => {
    const place = directory();
    writeFileSync(join(place, "lock"), "99999999 1");
    expect(() => lockDirectory(place)).not.toThrow();
  });

  it("is free again when the holder left it half written", () => {
    const place = directory();
    writeFileSync(join(place, "lock"), "");
    expect(() => lockDirectory(place)).not.toThrow();
  });
});

describe("a process's identity", () => {
  it("is the same as long as it lives", () => {
    expect(identityOf(process.pid)).toBeTruthy();
    expect(identityOf(process.pid)).toBe(identityOf(process.pid));
  });
});
