/** Whether the shapes of a candidate are those of a cell. */

import { type Problem, toProblem } from "../../../errors.ts";
import { excerpt } from "../../excerpt.ts";
import { mostFrequent } from "../../tally.ts";
import type { Tensor } from "../tensor.ts";
import { type Axes, axesOf, directionsOf, symbolsOf } from "./axes.ts";
import { type Candidate, firstName } from "./candidates.ts";
import type { Layout, TensorRow } from "./convention.ts";
import { type CellSizes, inputsOf } from "./pieces.ts";
import { nameOfRow } from "./row-names.ts";

/** A cell that can be read from a file: which tensors it is made of, and what they are. */
export interface Reading extends Omit<Candidate, "clashes"> {
  /** Whether it is the second direction of tensors that hold both, by their names or their first axis. */
  readonly reverse: boolean;
  readonly sizes: CellSizes;
}

export interface Fit {
  readonly readings: readonly Reading[];
  /** Why there is none. */
  readonly problems: readonly Problem[];
}

/** The cells of a candidate, one for each direction in it, or what keeps it from being one. */
export function fitShapes(candidate: Candidate): Fit {
  const problems = [...incomplete(candidate)];
  if (problems.length > 0) return { readings: [], problems };
  const sizes = sizesOf(candidate);
  const directions = directionsOf(candidate);
  for (const [row, tensor] of candidate.tensors) {
    const message = misshapen(candidate.layout, row, tensor, sizes, directions);
    if (message) problems.push(toProblem("shape", message, { place: excerpt(tensor.name) }));
  }
  if (problems.length > 0 || sizes === null) return { readings: [], problems };
  const { layout, prefix, layer, reverse, tensors } = candidate;
  const readings = Array.from({ length: directions }, (_, direction) => {
    return { layout, prefix, layer, reverse: reverse || direction === 1, tensors, sizes };
  });
  return { readings, problems };
}

/** Tensors that the layout needs and the file lacks, and those that stand twice. */
function* incomplete(candidate: Candidate): Generator<Problem> {
  const { layout, prefix, layer, reverse, tensors, clashes } = candidate;
  for (const [one, other] of clashes) {
    const message = `stands beside ${excerpt(one.name)}, expected one of them`;
    yield toProblem("ambiguous", message, { place: excerpt(other.name) });
  }
  // biases come all together or not at all
  const someBias = [...tensors.keys()].some(({ part }) => part === "b");
  for (const row of layout.tensors) {
    const isNeeded = !row.optional || (row.part === "b" && someBias && !layout.partial);
    if (!isNeeded || tensors.has(row)) continue;
    const name = nameOfRow(row.name, { layer, reverse });
    const place = excerpt(prefix === "" ? name : `${prefix}.${name}`);
    const message = `missing, expected it beside ${excerpt(firstName(candidate))} in ${layout.title} (${layout.convention})`;
    yield toProblem("missing", message, { place });
  }
  if (layout.partial && ![...tensors.keys()].some(({ part }) => part === "U")) {
    yield toProblem("missing", "missing, expected at least one of U_f, U_i, U_o, U_u", { place: "U_f" });
  }
}

/** H and I as most tensors have them; null where no tensor can tell H. */
function sizesOf({ layout, tensors }: Candidate): CellSizes | null {
  const axes = [...tensors].flatMap(([row, tensor]) => {
    const found = axesOf(layout, row, tensor.shape);
    return found === null ? [] : [{ ...found, part: row.part, count: row.gates.length }];
  });
  const hidden = axes.flatMap(({ outputs, inputs, part, count }) => {
    return [...(outputs % count === 0 ? [outputs / count] : []), ...(part === "U" ? [inputs] : [])];
  });
  const H = mostFrequent(hidden);
  if (H === null || H === 0) return null;
  const input = axes.flatMap(({ outputs, inputs, part, count }) => {
    return part === "U" || outputs !== count * H ? [] : [inputs - (part === "W" ? 0 : H)];
  });
  return { hidden: H, input: mostFrequent(input.filter((length) => length > 0)) };
}

function misshapen(
  layout: Layout,
  row: TensorRow,
  { shape }: Tensor,
  sizes: CellSizes | null,
  directions: number,
): string | null {
  const found = axesOf(layout, row, shape);
  const symbols = symbolsOf(layout, row);
  const shown = shape.length === 0 ? "a single number" : shape.join(" × ");
  if (found === null || sizes === null) return `${shown}, expected ${symbols} of ${layout.title}`;
  const outputs = row.gates.length * sizes.hidden;
  const expected = inputsOf(row, sizes);
  // joined weights of H inputs leave none for x: they are of h alone, or of x alone where I = H
  const inputs = row.part === "U" ? sizes.hidden : sizes.input;
  const isRight = found.outputs === outputs && found.inputs === expected && (row.part === "b" || inputs !== null);
  if (isRight && (!layout.directions || shape[0] === directions)) return null;
  const numbers = sizes.input === null ? `H = ${sizes.hidden}` : `H = ${sizes.hidden}, I = ${sizes.input}`;
  return `${shown}, expected ${symbols} of ${layout.title}, with ${numbers}${hint(row, found, outputs)}`;
}

function hint({ part }: TensorRow, found: Axes, outputs: number): string {
  if (part === "b")
    return found.outputs === 2 * outputs
      ? "; twice as many are two biases, as in CuDNNLSTM, whose .h5 file is read"
      : "";
  return found.outputs !== outputs && found.inputs === outputs ? "; it may be transposed" : "";
}
