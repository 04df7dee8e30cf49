import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseAst } from "rolldown/parseAst";

const known = new Map<string, readonly string[]>();

/** The files that this one loads when it runs: `import type` and packages left out. */
function importsOf(file: string): readonly string[] {
  const found = known.get(file) ?? [...importsIn(file)];
  known.set(file, found);
  return found;
}

function* importsIn(file: string): Generator<string> {
  for (const node of parseAst(readFileSync(file, "utf8"), { lang: "ts" }, file).body) {
    if (node.type !== "ImportDeclaration" && node.type !== "ExportNamedDeclaration") continue;
    const kind = node.type === "ImportDeclaration" ? node.importKind : node.exportKind;
    const specifier = node.source?.value ?? "";
    if (/^\..*\.ts$/.test(specifier) && kind !== "type") yield join(dirname(file), specifier);
  }
}

/** What a file loads, with the number of imports on the shortest way there. */
export function reachOf(file: string): ReadonlyMap<string, number> {
  const distances = new Map([[file, 0]]);
  // what is added while the map is walked is walked too: breadth first
  for (const [from, distance] of distances) {
    for (const to of importsOf(from)) if (!distances.has(to)) distances.set(to, distance + 1);
  }
  return distances;
}
