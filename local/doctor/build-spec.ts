// amplify.yml, as far as its shape goes: maps of maps, lists of plain values, comments. Keys are joined with dots:
//
//   frontend:
//     artifacts:
//       baseDirectory: .next        "frontend.artifacts.baseDirectory" -> [".next"]
//       files:
//         - "**/*"                  "frontend.artifacts.files" -> ["**/*"]

export type BuildSpec = ReadonlyMap<string, readonly string[]>;

const LINE = /^( *)(?:- +(.*)|([\w-]+): *(.*))$/;

export function readBuildSpec(text: string): BuildSpec {
  const found = new Map<string, string[]>();
  const path: { readonly indent: number; readonly key: string }[] = [];
  const add = (value: string): void => {
    const name = path.map(({ key }) => key).join(".");
    found.set(name, [...(found.get(name) ?? []), value.replace(/^(["'])(.*)\1$/, "$2")]);
  };

  for (const [number, line] of text.split("\n").entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const parts = LINE.exec(line);
    if (!parts)
      throw new Error(`unable to read amplify.yml; line ${number + 1} is neither a key nor an item`);
    const [, spaces = "", item, key, value] = parts;
    const indent = spaces.length;
    if (key === undefined) {
      add(item ?? "");
      continue;
    }
    while ((path.at(-1)?.indent ?? -1) >= indent) path.pop();
    path.push({ indent, key });
    if (value) add(value);
  }
  return found;
}

/** All commands of a half of the build, in the order of its phases. */
export const commandsOf = (spec: BuildSpec, half: "backend" | "frontend"): readonly string[] =>
  ["preBuild", "build", "postBuild"].flatMap((phase) => spec.get(`${half}.phases.${phase}.commands`) ?? []);
