// The forms that a frame may have, read off its schema: a union has one for each of its options, an optional field one
// with it and one without. A form can be filled with whatever a test wants to say.

import { kindOf, type Kind } from "./kinds";

/** A place in a frame where something is said: "entries.0.target". */
export type Place = { readonly path: string; readonly kind: Kind };

export type Form =
  | { readonly is: "fixed"; readonly path: string; readonly value: unknown }
  | { readonly is: "said"; readonly place: Place }
  | {
      readonly is: "object";
      readonly path: string;
      readonly fields: readonly (readonly [string, Form | "absent"])[];
    }
  | { readonly is: "list"; readonly path: string; readonly item: Form };

export const formsOf = (schema: object, route: string): readonly Form[] =>
  forms(schema, route).flatMap((form) => (form === "absent" ? [] : [form]));

function forms(schema: object, path: string): readonly (Form | "absent")[] {
  const part = (name: string): unknown => Reflect.get(schema, name);
  switch (part("type")) {
    case "strict_object":
      return objects(objectIn(part("entries"), path), path);
    case "union":
    case "variant":
      return listIn(part("options"), path).flatMap((option) => forms(objectIn(option, path), path));
    case "optional":
      return ["absent", ...forms(objectIn(part("wrapped"), path), path)];
    case "array":
      return present(forms(objectIn(part("item"), path), `${path}.0`)).map((item) => ({
        ...{ is: "list", path, item },
      }));
    case "literal":
      return [{ is: "fixed", path, value: part("literal") }];
    case "picklist":
      return listIn(part("options"), path).map((value) => ({ is: "fixed", path, value }));
    default:
      return [{ is: "said", place: { path, kind: kindOf(schema, path) } }];
  }
}

/** Every form of one field with every form of the others. */
function objects(entries: object, path: string): readonly Form[] {
  let fields: readonly (readonly (readonly [string, Form | "absent"])[])[] = [[]];
  for (const [name, schema] of Object.entries(entries)) {
    const own = forms(objectIn(schema, path), `${path}.${name}`);
    fields = fields.flatMap((before) => own.map((form) => [...before, [name, form] as const]));
  }
  return fields.map((each) => ({ is: "object", path, fields: each }));
}

const present = (all: readonly (Form | "absent")[]): readonly Form[] =>
  all.flatMap((form) => (form === "absent" ? [] : [form]));

function objectIn(value: unknown, path: string): object {
  if (typeof value === "object" && value !== null) return value;
  throw new Error(`unable to read the schema of ${path}; teach tests/hostile/forms.ts this kind of schema`);
}

function listIn(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`unable to read the schema of ${path}; its options are no list`);
}

export function placesOf(form: Form): readonly Place[] {
  switch (form.is) {
    case "fixed":
      return [];
    case "said":
      return [form.place];
    case "object":
      return form.fields.flatMap(([, field]) => (field === "absent" ? [] : placesOf(field)));
    case "list":
      return placesOf(form.item);
    default:
      return form satisfies never;
  }
}

export function fill(form: Form, say: (place: Place) => unknown): unknown {
  switch (form.is) {
    case "fixed":
      return form.value;
    case "said":
      return say(form.place);
    case "object":
      return Object.fromEntries(
        form.fields.flatMap(([name, field]) => (field === "absent" ? [] : [[name, fill(field, say)]])),
      );
    case "list":
      return [fill(form.item, say)];
    default:
      return form satisfies never;
  }
}
