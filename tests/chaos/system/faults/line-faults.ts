// What becomes of sockets and of single frames on their way between a device and the cloud.

import { between, oneOf } from "../../simulation/chances";
import type { Trick } from "../line";
import type { Fault, Scene } from "./fault";

const isSend = (text: string) => text.startsWith('{"action":"send"');
const isAnswer = (text: string) => text.startsWith('{"type":"ok"') && text.includes('"appended"');
const isPush = (text: string) => text.startsWith('{"type":"entries"');
const isAny = () => true;

type Play = Omit<Trick, "strike"> & { readonly strike: (scene: Scene, carried: Carried) => string };
type Carried = Parameters<Trick["strike"]>[0];

/** Waits for the frame that fits; what is told is told when it comes. */
const trick = (kind: Fault["kind"], weight: number, { way, fits, strike }: Play): Fault => ({
  kind,
  weight,
  strike: (scene) =>
    scene.device.line.play({ way, fits, strike: (carried) => scene.told(strike(scene, carried)) }),
});

const dropBefore = trick("N1", 2, {
  way: "up",
  fits: isSend,
  strike: (_, { drop }) => {
    drop();
    return "a socket was dropped before a send left";
  },
});

const dropInside = trick("N1", 2, {
  way: "up",
  fits: isSend,
  strike: ({ random, undo }, { passHalf, drop }) => {
    passHalf();
    undo(between(random, 0, 20), drop);
    return "a socket was dropped inside a frame";
  },
});

const dropAround = trick("N1", 3, {
  way: "up",
  fits: isSend,
  strike: ({ random, undo }, { pass, drop }) => {
    pass();
    undo(between(random, 0, 40), drop);
    return "a socket was dropped while a send was served";
  },
});

const dropAfter = trick("N1", 3, {
  way: "down",
  fits: isAnswer,
  strike: (_, { drop }) => {
    drop();
    return "a socket was dropped after the commit and before the answer";
  },
});

const doubleUp = trick("N2", 3, {
  way: "up",
  fits: isSend,
  strike: ({ device, random }, { pass }) => {
    pass();
    device.line.later(between(random, 0, 60), pass);
    return "a send came twice";
  },
});

const doubleDown = trick("N2", 2, {
  way: "down",
  fits: isAny,
  strike: ({ device, random }, { pass }) => {
    pass();
    device.line.later(between(random, 0, 60), pass);
    return "a frame was heard twice";
  },
});

const MOST_HELD_MS = 30_000;
const heldMs = ({ random }: Scene) =>
  between(random, 0, 10) === 0 ? between(random, 2_000, MOST_HELD_MS) : between(random, 20, 2_000);

const holdUp = trick("N3", 3, {
  way: "up",
  fits: isSend,
  strike: (scene, { pass }) => {
    scene.device.line.later(heldMs(scene), pass);
    return "a send was overtaken";
  },
});

const holdDown = trick("N3", 4, {
  way: "down",
  fits: isAny,
  strike: (scene, { pass }) => {
    scene.device.line.later(heldMs(scene), pass);
    return "a frame down was overtaken";
  },
});

const loseUp = trick("N4", 2, { way: "up", fits: isAny, strike: () => "a frame up was lost" });
const losePush = trick("N4", 3, { way: "down", fits: isPush, strike: () => "a push was lost" });
const loseAnswer = trick("N4", 2, { way: "down", fits: isAnswer, strike: () => "an answer was lost" });

/** Long after its answer, on whatever socket there is then. */
const again: Fault = {
  kind: "N2",
  weight: 3,
  strike: ({ device, random, told }) => {
    const { line } = device;
    if (line.sent.length > 0 && line.repeat(oneOf(random, line.sent))) told("an old send came again");
  },
};

const cut: Fault = {
  kind: "N1",
  weight: 3,
  strike: ({ device, told }) => {
    if (device.line.cut()) told("a line was cut");
  },
};

const unplug: Fault = {
  kind: "N1",
  weight: 2,
  strike: ({ device, random, told, undo }) => {
    device.line.cut();
    device.line.dark = true;
    device.surroundings({ online: false });
    undo(between(random, 300, 6_000), () => {
      device.line.dark = false;
      device.surroundings({ online: true });
    });
    told("a device had no network for a while");
  },
};

const deafen: Fault = {
  kind: "N5",
  weight: 2,
  strike: ({ device, told }) => {
    if (device.line.deafen()) told("a socket was open on both sides and dead between them");
  },
};

const dark: Fault = {
  kind: "N5",
  weight: 2,
  strike: ({ device, random, told, undo }) => {
    device.line.dark = true;
    undo(between(random, 300, 12_000), () => (device.line.dark = false));
    told("a line was dead for a while and nobody was told");
  },
};

const wedge: Fault = {
  kind: "N9",
  weight: 2,
  strike: ({ device, random, told, undo }) => {
    const free = device.line.wedge();
    if (!free) return;
    undo(between(random, 300, 8_000), free);
    told("a peer took nothing for a while");
  },
};

export const LINE_FAULTS: readonly Fault[] = [
  ...[dropBefore, dropInside, dropAround, dropAfter, doubleUp, doubleDown, holdUp, holdDown],
  ...[loseUp, losePush, loseAnswer, again, cut, unplug, deafen, dark, wedge],
];
