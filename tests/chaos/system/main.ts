// The harness against the whole system: the local cloud in processes of its own, real sockets, the product's client.
// See options.ts for what may be asked; a run that finds something ends with 1 and prints how to repeat it.

import { runChaos } from "./chaos";
import { readOptions } from "./options";

const say = (line: string) => void process.stdout.write(`${line}\n`);
const options = readOptions(process.argv.slice(2));
const { isGreen } = await runChaos(options, say);
process.exitCode = isGreen ? 0 : 1;
