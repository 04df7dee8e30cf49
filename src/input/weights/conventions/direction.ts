/** Which cells of a file read x from its last row to its first, by the names above their weights and the settings beside them. */

import { failure } from "../../../errors.ts";
import { describeValue, excerpt } from "../../excerpt.ts";
import { addTo } from "../../groups.ts";
import type { Weights } from "../weights.ts";
import { backwardKeys, type Candidate } from "./candidates.ts";
import { keysOf, layersApart, namedValues, normal, scopeOf, startsIn } from "./settings.ts";

/** Settings that say it: Keras and TensorFlow.js; the native key, as scans in JAX have it too; ONNX. */
const SAYING: readonly { readonly key: RegExp; readonly says: (value: unknown) => boolean | null }[] = [
  { key: /^go_?backwards$/i, says: truth },
  { key: /^reverse$/, says: truth },
  { key: /^direction$/, says: (value) => value === "reverse" },
];

/** Keras keeps the settings of the layer that a wrapper turns round within those of the wrapper. */
const WRAPPED = /(^|\.)config\.layer$/;

/** @throws {DlstmError} shape, where what is said is neither true nor false. */
type Saying = () => boolean;

/** What of a candidate or a reading tells its direction. */
type Half = Pick<Candidate, "layout" | "prefix" | "reverse">;

/**
 * Tells of each reading of a file whether its cell reads x from its last row to its first. A setting at its weights says
 * it; one above a wrapper is about its forward half, and the other half goes the other way.
 */
export function directionsIn(weights: Weights): (reading: Half) => boolean {
  const sayings = sayingsIn(weights);
  const startsOf = startsIn(sayings);
  return (reading) => {
    const [nearest] = startsOf(normal(reading.prefix)).toSorted((a, b) => b.length - a.length);
    const half = backwardKeys(reading);
    if (nearest === undefined) return reading.reverse || half !== null;
    const value = (sayings.get(nearest) ?? []).some((says) => says());
    if (half === null) return reading.reverse || value;
    return nearest.length < half.length ? !value : value;
  };
}

/** What is said of the cells below some keys, which are joined by dots. */
function sayingsIn(weights: Weights): ReadonlyMap<string, readonly Saying[]> {
  const found = new Map<string, [Saying, ...Saying[]]>();
  // the topology of one recurrent layer is about its weights, wherever they stand; of several, nothing tells which
  const apart = layersApart(weights);
  const layers = apart.size === 1 ? apart : new Set<string>();
  for (const { name, read } of namedValues(weights)) {
    const keys = keysOf(name);
    for (const { key, says } of SAYING) {
      const above = scopeOf(keys, key, layers)?.replace(WRAPPED, "");
      if (above === undefined) continue;
      const saying = () => {
        const said = says(read());
        if (said !== null) return said;
        throw failure("shape", `${describeValue(read())}, expected true or false`, { place: excerpt(name) });
      };
      addTo(found, above, saying);
    }
  }
  return found;
}

function truth(value: unknown): boolean | null {
  if (value === true || value === 1) return true;
  return value === false || value === 0 ? false : null;
}
