import { ConsoleLogger } from "aws-amplify/utils";
import { type Account, signUpAndIn } from "../../tests/fixtures/account";
import type { Place } from "../../tests/fixtures/place";
import type { Line, StartOptions, System } from "../load/system";
import type { BenchCloud } from "./cloud";
import { type Device, openDevice } from "./device";
import { createOutbox } from "./outbox";

// Amplify says twenty times that the pool is at an address of its own.
ConsoleLogger.LOG_LEVEL = "ERROR";

export async function joinOurs(cloud: BenchCloud, { pairs, arrived }: StartOptions): Promise<System> {
  const devices: Device[] = [];
  const openLine = async (pair: number): Promise<Line> => {
    const sender = await join(cloud.place, await signUpAndIn(cloud.place, `Sender ${pair}`));
    const receiver = await join(cloud.place, await signUpAndIn(cloud.place, `Receiver ${pair}`), arrived);
    devices.push(sender.device, receiver.device);
    const outbox = createOutbox(sender.device, await openConversation(sender.device, receiver.handle));
    return outbox;
  };
  const lines: Line[] = [];
  for (let pair = 0; pair < pairs; pair++) lines.push(await openLine(pair));
  return {
    name: "ours, the whole local cloud",
    lines,
    processes: () => ({ cloud: cloud.cloudPid, engine: cloud.enginePid }),
    stop: async () => {
      for (const device of devices) device.close();
      await cloud.stop();
    },
  };
}

type Joined = { readonly device: Device; readonly handle: string };

async function join(place: Place, account: Account, arrived?: (id: string) => void): Promise<Joined> {
  const device = await openDevice(place, account, ({ entries }) =>
    entries.forEach(({ id }) => arrived?.(id)),
  );
  const { me } = await device.ask({ action: "profile", name: account.name });
  if (typeof me === "object" && me && "handle" in me && typeof me.handle === "string")
    return { device, handle: me.handle };
  throw new Error("unable to measure; a new person got no handle");
}

async function openConversation(device: Device, handle: string): Promise<string> {
  const answer = await device.ask({ action: "open", handle });
  const [row] = answer["rows"] as readonly { readonly conversation: string }[];
  if (row) return row.conversation;
  throw new Error(`unable to measure; a conversation was not opened: ${JSON.stringify(answer)}`);
}
