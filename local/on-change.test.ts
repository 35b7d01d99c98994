import { mkdirSync, mkdtempSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { isLeftOut, onChange } from "./on-change";

let end: (() => Promise<void>) | undefined;
afterEach(() => end?.());

function watched() {
  const folder = mkdtempSync(join(tmpdir(), "on-change-"));
  mkdirSync(join(folder, "inner"));
  const file = join(folder, "inner", "limits.ts");
  writeFileSync(file, "1");
  const changed = vi.fn();
  end = onChange([folder], 20, changed);
  return { folder, file, changed };
}

/** The watcher takes a moment to look around; writing on until it sees something is no fixed wait. */
async function seen(changed: ReturnType<typeof vi.fn>, act: () => void) {
  const before = changed.mock.calls.length;
  await vi.waitFor(
    () => {
      act();
      expect(changed.mock.calls.length).toBeGreaterThan(before);
    },
    { timeout: 60_000, interval: 200 },
  );
}

describe("watching for changes", () => {
  it("goes on seeing a file that an editor has replaced", async () => {
    const { file, changed } = watched();
    await seen(changed, () => writeFileSync(file, `${Math.random()}`));
    writeFileSync(`${file}~`, "replaced");
    renameSync(`${file}~`, file);
    await seen(changed, () => writeFileSync(file, `${Math.random()}`));
  });

  it("sees a file in a folder that is new", async () => {
    const { folder, file, changed } = watched();
    await seen(changed, () => writeFileSync(file, `${Math.random()}`));
    mkdirSync(join(folder, "fresh"));
    await seen(changed, () => writeFileSync(join(folder, "fresh", "a.ts"), `${Math.random()}`));
  });

  it("leaves out tests, contracts, documents and what editors leave behind", () => {
    const files = ["a.test.ts", "a.contract.ts", "PROTOCOL.md", "a.ts~", "a.ts", "contract.ts"];
    expect(files.filter((file) => !isLeftOut(file))).toEqual(["a.ts", "contract.ts"]);
  });
});
