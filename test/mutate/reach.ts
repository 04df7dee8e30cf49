import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What is loaded when the file that says it runs: no package, and nothing for its types alone. */
const LOADED = /^(?:import|export) (?!type\b)[^;"]*?from "(\.[^"]*\.ts)"/gm;

/** What a file loads, with the number of imports on the shortest way there. */
export function reachOf(file: string): ReadonlyMap<string, number> {
  const distances = new Map([[file, 0]]);
  // what is added while the map is walked is walked too: breadth first
  for (const [from, distance] of distances) {
    for (const [, specifier] of readFileSync(from, "utf8").matchAll(LOADED)) {
      const to = join(dirname(from), specifier);
      if (!distances.has(to)) distances.set(to, distance + 1);
    }
  }
  return distances;
}
