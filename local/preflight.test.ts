import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assertDisk, assertNode, assertPlatform, preflight } from "./preflight";

describe("preflight", () => {
  it.each(["20.19.0", "20.20.2", "22.0.0", "24.1.0"])("lets Node %s through", (version) => {
    expect(() => assertNode(version)).not.toThrow();
  });

  it.each(["18.20.4", "20.18.3"])("refuses Node %s with the one to install", (version) => {
    expect(() => assertNode(version)).toThrow(
      `unable to start with Node ${version}; Parley needs 20.19 or newer`,
    );
  });

  it("sends people on Windows to WSL", () => {
    expect(() => assertPlatform("win32")).toThrow(/WSL/);
    expect(() => assertPlatform("darwin")).not.toThrow();
  });

  it("refuses to start on a full disk", () => {
    expect(() => assertDisk(10 * 1_024 * 1_024, "/x")).toThrow(
      "unable to start with 10 MB of disk left at /x; free some until there are 200 MB",
    );
  });

  it("passes on this machine", async () => {
    const dataDir = join(mkdtempSync(join(tmpdir(), "parley-preflight-")), "new");
    await expect(preflight({ dataDir })).resolves.toBeUndefined();
  });
});
