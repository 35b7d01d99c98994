// The harness against the whole system: the local cloud in processes of its own, real sockets, the product's client.
// See options.ts for what may be asked; a run that finds something ends with 1 and prints how to repeat it.

import { helpIfAsked } from "../../../local/help";
import { runChaos } from "./chaos";
import { readOptions } from "./options";
import { runPace } from "./pace";
import { runRotations } from "./rotations";

helpIfAsked(`
npm run chaos:system -- [options]     the whole local cloud in processes of its own, under faults

--messages 10000      --faults 1000        --seed 1
--quiet-every 150     so many faults between two points at which everything is given time to heal
--rotations 1000      reconnects instead of faults
--pace                a steady pace instead of faults
--out .local/chaos    where the history and the verdict go
`);

const say = (line: string) => void process.stdout.write(`${line}\n`);
const options = readOptions(process.argv.slice(2));

switch (options.what) {
  case "chaos":
    end(await runChaos(options, say));
    break;
  case "rotations":
    end(await runRotations(options, say));
    break;
  case "pace":
    await runPace(options, say);
    break;
  default:
    options.what satisfies never;
}

function end({ isGreen }: { readonly isGreen: boolean }): void {
  process.exitCode = isGreen ? 0 : 1;
}
