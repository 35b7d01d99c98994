import { FACTS } from "./facts";

export type Tested = { readonly title: string; readonly status: string };

export type Row = {
  readonly fact: number;
  readonly says: string;
  readonly verdict: "holds" | "broken" | "holds in part" | "not tried";
  readonly tests: readonly { readonly name: string; readonly verdict: string }[];
  readonly sources: readonly string[];
};

const TITLE = /^fact (\d+): (.*)$/s;

export function tableOf(tested: readonly Tested[]): readonly Row[] {
  return Object.entries(FACTS).map(([number, { says, sources }]) => {
    const tests = tested.flatMap(({ title, status }) => {
      const [, of, name = ""] = TITLE.exec(title) ?? [];
      return of === number ? [{ name, verdict: status === "pending" ? "skipped" : status }] : [];
    });
    const verdicts = new Set(tests.map(({ verdict }) => verdict));
    return { fact: Number(number), says, verdict: verdictOf(verdicts), tests, sources };
  });
}

function verdictOf(verdicts: ReadonlySet<string>): Row["verdict"] {
  if (verdicts.has("failed")) return "broken";
  if (!verdicts.has("passed")) return "not tried";
  return verdicts.has("skipped") ? "holds in part" : "holds";
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

export function asMarkdown(where: string, rows: readonly Row[]): string {
  const lines = rows.map(({ fact, says, verdict, tests, sources }) =>
    [
      String(fact),
      says,
      verdict,
      tests.map((test) => `${test.verdict}: ${test.name}`).join("<br>"),
      sources.join("<br>"),
    ].map(cell),
  );
  const head = ["Fact", "It says", "Verdict", "Tests", "Source"];
  const rowsOf = [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`);
  return `# Facts about AWS, tried on the ${where === "local" ? "local cloud" : "deployed stage"}\n\n${rowsOf.join("\n")}\n`;
}
