// npm run chaos:system -- [--messages 10000] [--faults 1000] [--seed 1] [--quiet-every 150]
//                                    [--pace] [--rotations 1000] [--out .local/chaos]

export type Options = {
  readonly what: "chaos" | "pace" | "rotations";
  readonly messages: number;
  readonly faults: number;
  readonly seed: number;
  /** So many faults between two points at which everything is given time to heal. */
  readonly quietEvery: number;
  readonly rotations: number;
  readonly outDir: string;
};

const NUMBERS = { messages: 10_000, faults: 1_000, seed: 1, "quiet-every": 150, rotations: 1_000 };
type NumberName = keyof typeof NUMBERS;

export function readOptions(words: readonly string[]): Options {
  const numbers = { ...NUMBERS };
  let what: Options["what"] = "chaos";
  let outDir = ".local/chaos";
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const name = word.replace(/^--/, "");
    if (name === "pace") what = "pace";
    else if (name === "out") outDir = rest.shift() ?? outDir;
    else if (isNumberName(name)) {
      if (name === "rotations") what = "rotations";
      if (/^\d+$/.test(rest[0] ?? "")) numbers[name] = Number(rest.shift());
    } else throw new Error(`unable to begin; "${word}" is no option: there is ${KNOWN}`);
  }
  const { messages, faults, seed, rotations } = numbers;
  return { what, messages, faults, seed, rotations, quietEvery: numbers["quiet-every"], outDir };
}

const isNumberName = (name: string): name is NumberName => Object.hasOwn(NUMBERS, name);
const KNOWN = [...Object.keys(NUMBERS), "pace", "out"].map((name) => `--${name}`).join(" ");
