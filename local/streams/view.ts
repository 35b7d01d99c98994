// How much of a change a table's stream shows.

import type { Resource } from "../resources";
import { type Json, recordAt, textAt } from "../template/json";

const VIEWS = ["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"] as const;

export type View = (typeof VIEWS)[number];

export function readView({ id, properties }: Resource): View {
  const asked = textAt(recordAt(properties, "StreamSpecification"), "StreamViewType");
  const view = VIEWS.find((it) => it === asked);
  if (view === undefined)
    throw new Error(
      `unable to show the stream of ${id}; its StreamViewType is ${asked ?? "missing"}, and it must be one of ${VIEWS.join(", ")}`,
    );
  return view;
}

const showsNew = (view: View) => view === "NEW_IMAGE" || view === "NEW_AND_OLD_IMAGES";
const showsOld = (view: View) => view === "OLD_IMAGE" || view === "NEW_AND_OLD_IMAGES";

export const imagesOf = (
  view: View,
  { newImage, oldImage }: { readonly newImage: Json | undefined; readonly oldImage: Json | undefined },
): { readonly NewImage?: Json; readonly OldImage?: Json } => ({
  ...(newImage !== undefined && showsNew(view) && { NewImage: newImage }),
  ...(oldImage !== undefined && showsOld(view) && { OldImage: oldImage }),
});
