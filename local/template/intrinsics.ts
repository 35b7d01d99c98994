// CloudFormation's intrinsic functions, resolved to what CloudFormation would put in their place.

import { isRecord } from "./json";

/** What a stack knows: its parameters, resources, conditions and mappings. */
export interface Scope {
  /** A parameter, a pseudo parameter or a resource. */
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  mapped(map: string, key: string, subkey: string): unknown;
}

/** What `{ "Ref": "AWS::NoValue" }` is: the property or list item that holds it goes away. */
export const NO_VALUE = Symbol("AWS::NoValue");

export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return resolveList(value, scope);
  if (!isRecord(value)) return value;
  const [entry, ...others] = Object.entries(value);
  if (entry !== undefined && others.length === 0) {
    const [name, argument] = entry;
    if (name === "Ref") return scope.ref(text(argument, name));
    if (name.startsWith("Fn::")) return call(name, argument, scope);
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]): [string, unknown] => [key, resolve(inner, scope)])
      .filter(([, inner]) => inner !== NO_VALUE),
  );
}

const resolveList = (list: readonly unknown[], scope: Scope): unknown[] =>
  list.map((item) => resolve(item, scope)).filter((item) => item !== NO_VALUE);

function call(name: string, argument: unknown, scope: Scope): unknown {
  switch (name) {
    case "Fn::GetAtt":
      return scope.attribute(...attributePath(argument));
    case "Fn::Join": {
      const [separator, items] = list(argument, name, 2);
      return list(resolve(items, scope), name)
        .map((item) => text(item, name))
        .join(text(separator, name));
    }
    case "Fn::Sub":
      return substitute(argument, scope);
    case "Fn::Select": {
      const [at, items] = list(argument, name, 2);
      const index = Number(text(resolve(at, scope), name));
      const all = list(resolve(items, scope), name);
      if (!(index in all))
        throw new Error(`unable to resolve Fn::Select; item ${index} of ${all.length} is asked for`);
      return all[index];
    }
    case "Fn::Split": {
      const [separator, whole] = list(argument, name, 2);
      return text(resolve(whole, scope), name).split(text(separator, name));
    }
    case "Fn::If": {
      const [condition, yes, no] = list(argument, name, 3);
      return resolve(scope.condition(text(condition, name)) ? yes : no, scope);
    }
    case "Fn::FindInMap": {
      const [map, key, subkey] = list(argument, name).map((item) => text(resolve(item, scope), name));
      return scope.mapped(map ?? "", key ?? "", subkey ?? "");
    }
    default:
      throw new Error(`unable to resolve ${name}; the local cloud does not know this function`);
  }
}

/** `${Name}`, `${Resource.Attribute}`, `${Given}` from the second argument, and `${!Literal}`. */
function substitute(argument: unknown, scope: Scope): string {
  const [template, given] = Array.isArray(argument) ? list(argument, "Fn::Sub", 2) : [argument, {}];
  const own = isRecord(given) ? given : {};
  return text(template, "Fn::Sub").replace(/\$\{([^}]+)\}/g, (_whole, name: string) => {
    if (name.startsWith("!")) return `\${${name.slice(1)}}`;
    if (Object.hasOwn(own, name)) return text(resolve(own[name], scope), "Fn::Sub");
    const dot = name.indexOf(".");
    const found = dot === -1 ? scope.ref(name) : scope.attribute(name.slice(0, dot), name.slice(dot + 1));
    return text(found, "Fn::Sub");
  });
}

/** Both `["Table", "Arn"]` and `"Table.Arn"`; of a nested stack `["chat", "Outputs.Name"]`. */
export function attributePath(argument: unknown): [string, string] {
  if (Array.isArray(argument)) {
    const [logicalId, ...rest] = argument.map((item) => text(item, "Fn::GetAtt"));
    return [logicalId ?? "", rest.join(".")];
  }
  const whole = text(argument, "Fn::GetAtt");
  const dot = whole.indexOf(".");
  return [whole.slice(0, dot), whole.slice(dot + 1)];
}

export function list(value: unknown, name: string, length?: number): readonly unknown[] {
  if (!Array.isArray(value) || (length !== undefined && value.length !== length))
    throw new Error(
      `unable to resolve ${name}; it wants a list${length === undefined ? "" : ` of ${length}`}`,
    );
  return value;
}

export function text(value: unknown, name: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new Error(`unable to resolve ${name}; ${JSON.stringify(value) ?? String(value)} is not a text`);
}
