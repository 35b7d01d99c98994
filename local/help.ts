// `--help` of a command: prints how to call it, and ends with 0 before anything is started.

export function helpIfAsked(usage: string, words: readonly string[] = process.argv.slice(2)): void {
  if (!words.includes("--help") && !words.includes("-h")) return;
  process.stdout.write(`${usage.trim()}\n`);
  process.exit(0);
}
