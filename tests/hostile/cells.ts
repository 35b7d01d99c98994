// The access matrix: every form of every up frame, and in it every place that names something. In each place stands
// first what is somebody else's, then, in a frame that is the same otherwise, what is nobody's at all.

import { UP } from "../../core/protocol/up";
import { VERSION } from "../../core/protocol/version";
import { fill, formsOf, placesOf, type Form, type Place } from "./forms";
import { isNaming, type Naming } from "./kinds";
import { directName, type Attacker, type Scene } from "./scene";
import type { Frame, Stage } from "./stage";

export type Cell = {
  readonly title: string;
  readonly kind: Naming;
  readonly foreign: Asked;
  readonly ghost: Asked;
  /** The same once more, under names of nobody that are new again: for a world that the first has changed. */
  readonly ghostAgain: Asked;
  /** Whether the place decides alone: then nothing at all may come of either frame. */
  readonly is: "barred" | "public" | "own";
};

/** `said`: what the frame names, so that an answer which repeats it can be compared with another. */
export type Asked = { readonly frame: Frame; readonly said: ReadonlyMap<string, string | number> };

/** In this frame, a stranger's given-up handle is answered as an unknown handle. A claim of the handle is `handle-taken`. */
const FORMER_IS_NOBODYS = "open.handle";

/**
 * Places where a name of somebody else's does make a difference, and why. A handle is how people find each other:
 * who knows one may see whose it is, and nobody can have it twice.
 */
const PUBLIC: readonly string[] = ["open.handle", "profile.handle"];

const GHOST = "00000000-0000-4000-8000-00000000000";
const GHOST_SEQ = 4_321;

type Pair = {
  readonly what: string;
  readonly foreign: string | number;
  readonly ghost: () => string | number;
  /** A handle that its owner gave up. */
  readonly isFormer?: true;
  /** What stands in the other places that name a slot; those of an own conversation otherwise. */
  readonly seq?: number;
};

export function cellsOf(scene: Scene, stage: Pick<Stage, "cursor">, attacker: Attacker): readonly Cell[] {
  const cells = Object.entries(UP).flatMap(([route, schema]) =>
    formsOf(schema, route).flatMap((form, number) => cellsOfForm({ scene, attacker, stage, form, number })),
  );
  const isLast = ({ is }: Cell) => (is === "public" ? 1 : 0);
  return [...cells].sort((one, other) => isLast(one) - isLast(other));
}

let fresh = 0;

type Asking = {
  readonly scene: Scene;
  readonly attacker: Attacker;
  readonly stage: Pick<Stage, "cursor">;
  readonly form: Form;
  /** Which of its route's forms. */
  readonly number: number;
};

function cellsOfForm(asking: Asking): readonly Cell[] {
  const { attacker, form } = asking;
  const places = placesOf(form);
  return places.flatMap((place) => {
    const { kind } = place;
    if (!isNaming(kind)) return [];
    return PAIRS[kind](asking).map((pair) => {
      const asked = (named: string | number) => fillWith(form, attacker, place, { named, seq: pair.seq });
      return {
        title: `${attacker.standing}: ${titleOf(form)}, ${place.path} is ${pair.what}`,
        kind,
        foreign: asked(pair.foreign),
        ghost: asked(pair.ghost()),
        ghostAgain: asked(pair.ghost()),
        is: standingOf(place, pair),
      };
    });
  });
}

function standingOf({ path, kind }: Place, { isFormer }: Pair): Cell["is"] {
  if (isFormer && path === FORMER_IS_NOBODYS) return "barred";
  if (PUBLIC.includes(path)) return "public";
  return kind === "conversation" ? "barred" : "own";
}

function fillWith(
  form: Form,
  attacker: Attacker,
  tested: Place,
  { named, seq }: { readonly named: string | number; readonly seq: number | undefined },
): Asked {
  const said = new Map<string, string | number>();
  const frame = fill(form, (place) => {
    const value = place.path === tested.path ? named : usual(place, attacker, seq);
    if (typeof value !== "boolean" && isNaming(place.kind)) said.set(place.path, value);
    return value;
  });
  return { frame: frame as Frame, said };
}

function usual(place: Place, { own, seat }: Attacker, seq = 2): string | number | boolean {
  switch (place.kind) {
    case "conversation":
      return own;
    case "seq":
      return seq;
    case "entry":
      return `fresh-entry-${++fresh}`;
    case "ref":
      return `fresh-ref-${++fresh}`;
    case "device":
      return seat.device;
    case "handle":
      return "nobody-has-this";
    case "cursor":
      return "no-cursor";
    case "name":
      return seat.name;
    case "text":
      return "let me in";
    case "emoji":
      return "👍";
    case "version":
      return VERSION;
    case "flag":
      return true;
    default:
      return place.kind satisfies never;
  }
}

const PAIRS: Readonly<Record<Naming, (asking: Asking) => readonly Pair[]>> = {
  conversation: ({ scene: { theirs }, attacker: { seat, unheard }, form }) => {
    const hasSeq = placesOf(form).some(({ kind }) => kind === "seq");
    return [
      ...(hasSeq ? theirs.seqs : [0]).map((seq) => ({
        what: `Ada's and Grace's${hasSeq ? `, slots ${seq}` : ""}`,
        ...{ foreign: theirs.conversation, ghost: () => directName(`${GHOST}1`, `${GHOST}2`), seq },
      })),
      ...unheard.flatMap(([what, foreign]) =>
        [0, 1].map((seq) => ({ what, foreign, ghost: () => directName(seat.user, `${GHOST}3`), seq })),
      ),
    ];
  },
  seq: ({ scene: { theirs } }) => [
    { what: "a slot of theirs", foreign: theirs.seqs.at(-1) ?? 0, ghost: () => GHOST_SEQ },
  ],
  // One of theirs for each form: who has written under an id has made it their own.
  entry: ({ scene: { theirs }, attacker: { peersEntry }, number }) =>
    [theirs.entryIds[number % theirs.entryIds.length] ?? "", peersEntry].map((foreign) => ({
      ...{ what: "an entry of another", foreign, ghost: () => `ghost-entry-${++fresh}` },
    })),
  device: ({ scene: { ada, grace }, attacker: { peer } }) =>
    [ada, grace, peer].map(({ device }) => ({
      ...{ what: "a device of another", foreign: device, ghost: () => `ghost-device-${++fresh}` },
    })),
  handle: ({ scene: { grace, gracesFormer } }) => [
    { what: "Grace's", foreign: grace.handle, ghost: () => "ghost-handle" },
    { what: "one that Grace gave up", foreign: gracesFormer, ghost: () => "ghost-handle", isFormer: true },
  ],
  cursor: ({ scene: { grace, theirs }, attacker: { seat }, stage: { cursor } }) => [
    {
      what: "a place in Ada's and Grace's lists",
      foreign: cursor(theirs.conversation, theirs.activeAt),
      ghost: () => cursor(directName(`${GHOST}1`, `${GHOST}2`), theirs.activeAt),
    },
    {
      what: "a place in a list with Grace",
      foreign: cursor(directName(seat.user, grace.user), theirs.activeAt),
      ghost: () => cursor(directName(seat.user, `${GHOST}3`), theirs.activeAt),
    },
  ],
  ref: () => [{ what: "one that Ada has used", foreign: "scene-send", ghost: () => `ghost-ref-${++fresh}` }],
};

/** "send message", "sync after". */
function titleOf(form: Form): string {
  const fixed = fixedIn(form);
  const names = placesOf(form)
    .filter(({ kind }) => kind === "seq" || kind === "cursor" || kind === "handle")
    .map(({ path }) => path.split(".").at(-1));
  return [...fixed, ...names].join(" ");
}

function fixedIn(form: Form): readonly unknown[] {
  switch (form.is) {
    case "fixed":
      return [form.value];
    case "said":
      return [];
    case "object":
      return form.fields.flatMap(([, field]) => (field === "absent" ? [] : fixedIn(field)));
    case "list":
      return fixedIn(form.item);
    default:
      return form satisfies never;
  }
}
