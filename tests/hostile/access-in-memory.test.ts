import { describe, expect, it } from "vitest";
import { cellsOf, type Asked, type Cell } from "./cells";
import { told, withoutSaid } from "./judge";
import { memoryStage, type MemoryStage } from "./memory-stage";
import { setTheScene, type Scene } from "./scene";

const SEED = 1;

async function freshScene(): Promise<Standing> {
  const stage = memoryStage(SEED);
  const scene = await setTheScene(stage);
  return { stage, scene, before: new Set(stage.trace()) };
}

const { stage: probe, scene } = await freshScene();

type Standing = { readonly stage: MemoryStage; readonly scene: Scene; readonly before: ReadonlySet<string> };

let standing: Standing | undefined;

/** What becomes of one frame, in a world in which nothing has been said but the scene. */
async function play(place: number, cell: Cell, asked: Asked) {
  standing ??= await freshScene();
  const { stage, scene, before } = standing;
  const attacker = scene.attackers[place];
  if (!attacker) throw new Error(`unable to play; there is no attacker ${place}`);
  const { seat, secrets } = attacker;
  const answer = JSON.stringify(await seat.ask(asked.frame));
  const after = stage.trace();
  const effect = [...after.filter((line) => !before.has(line)), `${before.size} before`];
  const isWithoutEffect = effect.length === 1 && after.length === before.size;
  // A refusal that has stored nothing leaves the world as it was.
  if (!isWithoutEffect || !answer.startsWith('{"type":"refused"')) standing = undefined;
  return {
    answer: withoutSaid(answer, cell),
    effect: withoutSaid(effect.join("\n"), cell),
    isWithoutEffect,
    toldInAnswer: told(answer, secrets, JSON.stringify(asked.frame)),
    toldBesides: seat.pushed().flatMap((frame) => told(frame, secrets)),
    bugs: stage.bugs,
  };
}

async function problemsOf(place: number, cell: Cell): Promise<readonly string[]> {
  const [foreign, ghost] = [await play(place, cell, cell.foreign), await play(place, cell, cell.ghost)];
  const problems: string[] = [];
  const mind = (holds: boolean, what: string) => void (holds || problems.push(`${cell.title}: ${what}`));
  mind(
    foreign.bugs.length + ghost.bugs.length === 0,
    `a bug: ${String([...foreign.bugs, ...ghost.bugs][0])}`,
  );
  mind(foreign.toldBesides.length === 0, `pushed ${foreign.toldBesides.join(", ")}`);
  if (cell.is === "public") return problems;
  mind(foreign.toldInAnswer.length === 0, `told ${foreign.toldInAnswer.join(", ")}`);
  mind(
    foreign.answer === ghost.answer,
    `answered ${foreign.answer}, but ${ghost.answer} where there is nothing`,
  );
  mind(foreign.effect === ghost.effect, `did ${foreign.effect}, but ${ghost.effect} where there is nothing`);
  if (cell.is === "barred") mind(foreign.isWithoutEffect, `did ${foreign.effect}`);
  return problems;
}

describe("in memory, every up frame that names what is somebody else's", () => {
  it.each(scene.attackers.map((attacker, place) => [attacker.standing, attacker, place] as const))(
    "is answered and does as if it named nothing, to %s",
    async (_standing, attacker, place) => {
      const cells = cellsOf(scene, probe, attacker);

      const problems: string[] = [];
      for (const cell of cells) problems.push(...(await problemsOf(place, cell)));

      expect(problems).toEqual([]);
      expect(cells.length).toBeGreaterThan(100);
    },
  );

  it("is told nothing even of whom its handle opens: no text, no entry, no other conversation", async () => {
    const places = scene.attackers.flatMap((attacker, place) =>
      cellsOf(scene, probe, attacker)
        .filter(({ is }) => is === "public")
        .map((cell) => ({ cell, place })),
    );
    for (const { cell, place } of places) {
      const { toldInAnswer } = await play(place, cell, cell.foreign);
      const { grace, theirs } = scene;
      const publicly = [grace.user, grace.name, grace.handle];
      expect(toldInAnswer.filter((secret) => !publicly.includes(secret))).toEqual([]);
      expect(toldInAnswer).not.toContain(theirs.conversation);
    }
    expect(places.length).toBeGreaterThan(5);
  });
});
