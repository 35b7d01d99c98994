import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openDurableFile } from "./durable-file";

type Counted = { count: number; padding: string };
const isCounted = (stored: unknown): stored is Counted =>
  typeof stored === "object" && stored !== null && "count" in stored;

const place = () => join(mkdtempSync(join(tmpdir(), "durable-")), "deep", "file.json");
const openAt = (path: string) =>
  openDurableFile<Counted>({
    path,
    what: "the counts",
    initial: () => ({ count: 0, padding: "" }),
    isWhole: isCounted,
  });

describe("a durable file", () => {
  it("has every change on the disk once saved, however many are asked for at once", async () => {
    const path = place();
    const file = openAt(path);
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        file.value.count += 1;
        const mine = file.value.count;
        await file.saved();
        expect(JSON.parse(readFileSync(path, "utf8")).count).toBeGreaterThanOrEqual(mine);
      }),
    );
    expect(openAt(path).value.count).toBe(50);
  });

  it("says which file cannot be read and what to do", () => {
    const path = place();
    openAt(path);
    writeFileSync(path, "{ torn");
    expect(() => openAt(path)).toThrow(/unable to read the counts from .*file\.json; .* Remove that file/);
  });

  it("is whole and holds all that was said to be saved after kill -9 in the middle of writing", async () => {
    const path = place();
    const writer = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", writerOf(path)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let lastSaved = 0;
    await new Promise<void>((ended) => {
      writer.stdout.on("data", (chunk: Buffer) => {
        lastSaved = Number(chunk.toString().trim().split("\n").at(-1));
        if (lastSaved >= 20) writer.kill("SIGKILL");
      });
      writer.on("close", () => ended());
    });
    expect(lastSaved).toBeGreaterThanOrEqual(20);
    expect(openAt(path).value.count).toBeGreaterThanOrEqual(lastSaved);
  });
});

/** Counts up for ever, and says each number once it is saved. */
const writerOf = (path: string) => `
  import { openDurableFile } from ${JSON.stringify(join(import.meta.dirname, "durable-file.ts"))};
  const file = openDurableFile({
    path: ${JSON.stringify(path)}, what: "", isWhole: () => true,
    initial: () => ({ count: 0, padding: "x".repeat(500_000) }),
  });
  for (;;) {
    file.value.count += 1;
    const saved = file.value.count;
    await file.saved();
    console.log(saved);
  }
`;
