/** What looks like this cell and is another: refused by its name, with what to do. */

import { type Problem, toProblem } from "../../../errors.ts";
import { excerpt } from "../../excerpt.ts";
import { addTo } from "../../groups.ts";
import { ELSEWHERE, isNotStrided, isPickled, typeFault } from "../files/number-type.ts";
import type { Tensor } from "../tensor.ts";
import type { Weights } from "../weights.ts";
import { axesOf, directionsOf } from "./axes.ts";
import { type Candidate, namesOf } from "./candidates.ts";
import { quoted } from "./choices.ts";
import { type Layout, PART_NAMES } from "./convention.ts";
import { LAYOUTS } from "./convention-table.ts";
import { FOREIGN_LAYERS, FOREIGN_TENSORS, PEEPHOLES, PLAIN } from "./foreign.ts";
import { attributeProblems, attributesOf } from "./onnx-attributes.ts";
import { stateProblems, statesOf } from "./onnx-state.ts";
import { type ForeignSetting, foreignSettings, normal, startsIn } from "./settings.ts";

type Refusable = Pick<Candidate, "layout" | "prefix" | "reverse" | "tensors">;

/** Everything that says that the tensors below a prefix are not, or not only, this cell. */
export function refusals(cell: Refusable, weights: Weights): Problem[] {
  return [...refuserOf(weights, [cell])(cell)];
}

/** The same for each of many cells of a file, which is looked through once; a cell's next problem only when asked for. */
export function refuserOf(weights: Weights, cells: readonly Refusable[]): (cell: Refusable) => Iterable<Problem> {
  const suspects = suspectsBelow(new Set(cells.map(({ prefix }) => prefix)), weights);
  const settings = new Map<string, [ForeignSetting, ...ForeignSetting[]]>();
  for (const setting of foreignSettings(weights)) addTo(settings, setting.above, setting);
  const startsOf = startsIn(settings);
  const attributes = attributesOf(weights);
  const states = statesOf(weights);
  return function* (cell) {
    const { layout, prefix, tensors } = cell;
    const own = new Set(tensors.values());
    const told = new Set<string>();
    for (const { tensor, what } of suspects.get(prefix) ?? []) {
      if (own.has(tensor) || isNoPeephole(tensor, cell)) continue;
      // the layers of a stack and its settings say the same once more
      const kind = what?.name ?? "";
      if (told.has(kind) || (what === null && !layout.bare)) continue;
      told.add(kind);
      yield what === null ? oneMore(layout, tensor) : unsupported(`${what.name}; ${what.remedy}`, tensor.name);
    }
    yield* foreignTypes([...own], weights.file);
    yield* attributeProblems(cell, attributes);
    yield* stateProblems(cell, states, attributes);
    for (const start of startsOf(normal(prefix))) {
      for (const { what, problem } of settings.get(start) ?? []) if (what === null || !told.has(what)) yield problem;
    }
  };
}

/** Weights of another recurrent layer, found by name anywhere. */
export function foreignLayers({ tensors }: Weights): Problem[] {
  for (const { name } of tensors) {
    const found = FOREIGN_LAYERS.find(([pattern]) => pattern.test(name));
    if (found) return [unsupported(`${found[1]}, ${found[2]}`, name)];
  }
  return [];
}

/** Weights of four gates whose U [gates·H × H] has another number of gates, or is more than a matrix. */
export function otherGates({ layout, tensors }: Candidate): Problem[] {
  for (const [row, { name, shape }] of tensors) {
    if (row.part === "U" && row.gates.length === 4 && shape.length > 3 && !layout.directions) {
      return [unsupported(`${shape.join(" × ")}, the shape of a convolution, expected the matrix of an LSTM`, name)];
    }
    const axes = row.part === "U" && row.gates.length === 4 ? axesOf(layout, row, shape) : null;
    if (axes === null) continue;
    const what = { [axes.inputs]: "a simple RNN (H)", [3 * axes.inputs]: "a GRU (3H)" }[axes.outputs];
    const message = `${shape.join(" × ")}, the shape of ${what}, expected the 4H of an LSTM`;
    if (what) return [unsupported(message, name)];
  }
  return [];
}

/** A kernel and a recurrent kernel under names that say nothing, both with the same other number of gates. */
export function bareOtherGates(candidate: Candidate): Problem[] {
  const { layout, tensors } = candidate;
  const found = [...tensors].map(([row, { shape }]) => (row.part === "b" ? null : axesOf(layout, row, shape)?.outputs));
  const [W, U] = found;
  return layout.bare && U !== undefined && W === U ? otherGates(candidate) : [];
}

/** Arrays of Python objects, what leads to arrays elsewhere, and what is no array of numbers: the cell may be in any of them. */
export function unread({ tensors }: Weights): Problem[] {
  return foreignTypes(tensors.filter(({ type }) => isPickled(type) || ELSEWHERE.has(type) || isNotStrided(type)));
}

interface What {
  readonly name: string;
  readonly remedy: string;
}

/** A tensor that a cell below some prefix may not have beside its own. */
interface Suspect {
  readonly tensor: Tensor;
  /** null: one array of a list without names, which only such a list is not to have. */
  readonly what: What | null;
}

const BARE_ROWS = LAYOUTS.filter((layout) => layout.bare).flatMap(({ tensors }) => tensors);
/** The names of a list's arrays, whatever their numbers. */
const ARRAY = new RegExp(`^(${BARE_ROWS.flatMap(namesOf).join("|").replace(/\d+/g, "\\d+")})$`);

/** The suspects below each of the prefixes. */
function suspectsBelow(prefixes: ReadonlySet<string>, { tensors }: Weights): ReadonlyMap<string, readonly Suspect[]> {
  const startsOf = startsIn(prefixes);
  const found = new Map<string, [Suspect, ...Suspect[]]>();
  for (const tensor of tensors) {
    for (const prefix of startsOf(tensor.name)) {
      const below = tensor.name.slice(prefix === "" ? 0 : prefix.length + 1);
      const what = foreignTensor(below);
      if (what !== null || ARRAY.test(below)) addTo(found, prefix, { tensor, what });
    }
  }
  return found;
}

function foreignTensor(below: string): What | null {
  const name = normal(below).replace(/:\d+$/, "");
  const found = FOREIGN_TENSORS.find(([pattern]) => pattern.test(name));
  return found ? { name: found[1], remedy: found[2] ?? PLAIN } : null;
}

/** Whether peepholes of the direction that is read are all zero; ONNX has [directions × 3H] of them. */
function isNoPeephole(tensor: Tensor, { layout, prefix, reverse, tensors }: Refusable): boolean {
  const name = normal(tensor.name.slice(prefix.length)).replace(/^\./, "");
  if (!PEEPHOLES.test(name.replace(/^.*\./s, "")) || typeFault(tensor.type) !== null) return false;
  const directions = directionsOf({ layout, tensors });
  const values = tensor.values();
  if (layout.directions && tensor.shape.length !== 2) return false;
  const own = values.length / directions;
  const start = reverse ? values.length - own : 0;
  return values.subarray(start, start + own).every((entry) => entry === 0);
}

/** A list of more arrays than one layer has. */
function oneMore({ tensors }: Layout, { name }: Tensor): Problem {
  const parts = tensors.map(({ part }) => PART_NAMES[part]).join(", ");
  const message = `one array more, expected the ${tensors.length} of one layer: ${parts}`;
  return toProblem("ambiguous", message, { place: excerpt(name) });
}

/**
 * One problem for all tensors of which the same is wrong.
 * @param file whose they are
 */
function foreignTypes(tensors: readonly Tensor[], file: string | null = null): Problem[] {
  const found = new Map<string, string>();
  for (const { name, type } of tensors) {
    const fault = typeFault(type, file === null ? undefined : quoted(file));
    if (fault !== null && !found.has(fault)) found.set(fault, name);
  }
  return [...found].map(([fault, name]) => unsupported(fault, name));
}

function unsupported(message: string, name: string): Problem {
  return toProblem("unsupported", message, { place: excerpt(name) });
}
