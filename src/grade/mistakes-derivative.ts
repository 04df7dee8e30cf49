import { diagonal, type Matrix, transpose } from "../linalg/matrix.ts";
import type { Gate } from "../lstm/names.ts";
import type { Changed } from "./changed-values.ts";
import { mistake } from "./mistake.ts";
import { inSigmoids, withWeights } from "./mistakes-forward.ts";
import { type Slope, scaleRows, sigmoid, sigmoidSlope, tanhSlope, type Unit, type Vector } from "./rules.ts";

const one = () => 1;
const zero = () => 0;
type Slopes = NonNullable<Changed["slope"]>;
const slopes = (...all: Slopes[]) => all.map((slope) => ({ slope }));
const factors = (factor: NonNullable<Changed["factor"]>) => ({ factor });
/** The same slope in tanh: of the candidate, of the cell state, of both. */
const inTanh = (slope: Slope) => slopes({ u: slope, c_t: slope }, { u: slope }, { c_t: slope });
/** In all gates, in all σ gates, or in one of them. */
const inGates = (slope: Slope, ofTanh = slope) =>
  slopes({ ...inSigmoids(slope), u: ofTanh }, inSigmoids(slope), { f: slope }, { i: slope }, { o: slope });
const squared: Slope = (a) => 1 - a * a;
const itself: Slope = (a) => a;
const slopeOfValue = { sigmoid: ((a) => sigmoidSlope(0, a)) as Slope, tanh: ((a) => tanhSlope(0, a)) as Slope };
const through = (rule: (diagonal: Vector, U: Matrix, h_prev: Vector) => Matrix): Changed => ({ through: rule });
const exchanged = (isW: boolean): Changed => ({
  chain: (cell) =>
    withWeights(cell, (own) => (own.W?.cols === own.U.cols ? { ...own, ...(isW ? { U: own.W } : { W: own.U }) } : own)),
});
const hiddenFor = {
  o: { o: ({ h_t }: Unit) => h_t },
  tanh: { tanh: ({ o, h_t }: Unit) => o * (1 - h_t * h_t) },
};
const missingTerm = (g: Gate) =>
  mistake("In how many ways does this depend on what you differentiate by? Count the summands.", {
    slope: { [g]: zero },
  });
const outputOf = (of: (unit: Unit, slope: number) => number) =>
  factors({ o: (unit) => of(unit, tanhSlope(0, unit.c_t)) });

/** Mistakes of derivatives, after a forward pass that is right. */
export const DERIVATIVE = {
  "columns-scaled": mistake(
    "A diagonal matrix scales rows on one side and columns on the other. Which is it here?",
    through((d, U) => transpose(scaleRows(d, transpose(U)))),
  ),
  "missing-tanh-prime": mistake(
    "In h_t there is a function of c_t. Has the chain rule been applied to it?",
    ...slopes({ c_t: one }),
  ),
  "missing-sigma-prime": mistake(
    "A gate is a function of its pre-activation. Has the chain rule been applied to that function?",
    ...[...inGates(one), ...slopes({ u: one })],
  ),
  "sigma-prime-of-activation": mistake(
    "What goes into the activation function? And what goes into its derivative?",
    ...inGates(slopeOfValue.sigmoid, slopeOfValue.tanh),
  ),
  "missing-term-o": missingTerm("o"),
  "missing-term-f": missingTerm("f"),
  "missing-term-i": missingTerm("i"),
  "missing-term-u": missingTerm("u"),
  "tanh-prime-of-activation": mistake(
    "What goes into tanh? And what goes into its derivative?",
    ...inTanh(slopeOfValue.tanh),
  ),
  "sigma-for-sigma-prime": mistake(
    "Which of the two does the chain rule want here: the function or its derivative?",
    ...[...inGates(itself), ...inGates((a) => sigmoid(a), itself)],
  ),
  "tanh-prime-for-sigma-prime": mistake(
    "Each activation function has a derivative of its own. Which of them stands here?",
    ...[...inGates(squared), ...inGates(tanhSlope)],
  ),
  "sigma-prime-for-tanh-prime": mistake(
    "Each activation function has a derivative of its own. Which function do you differentiate here?",
    ...[...inTanh((a) => a * (1 - a)), ...inTanh(sigmoidSlope)],
  ),
  "missing-square": mistake("Look up the derivative of tanh once more.", ...inTanh((a) => 1 - a)),
  "one-minus-alone": mistake("The derivative of σ has two factors. Are both of them there?", ...inGates((a) => 1 - a)),
  "tanh-prime-without-tanh": mistake(
    "Which number stands in the derivative of tanh: what goes into tanh or what comes out of it?",
    ...inTanh((_, x) => 1 - x * x),
  ),
  "tanh-for-tanh-prime": mistake(
    "Which of the two does the chain rule want here: the function or its derivative?",
    ...[...inTanh(itself), ...inTanh((a) => Math.tanh(a))],
  ),
  "sigma-prime-at-zero": mistake(
    "The slope of an activation function changes from point to point. At which is it taken?",
    ...inGates(() => 0.25),
  ),
  "one-plus-tanh-squared": mistake(
    "Check a sign in the derivative of the activation function.",
    ...inTanh((a) => 1 + a * a),
  ),
  "missing-output-factor": mistake(
    "What multiplies tanh(c_t) in h_t? Does it stay when h_t is differentiated?",
    factors({ tanh: one }),
  ),
  "missing-memory-factor": mistake(
    "What does the forget gate multiply? It stays when that gate is differentiated.",
    factors({ f: one }),
  ),
  "missing-u-factor": mistake(
    "What does the input gate multiply? It stays when that gate is differentiated.",
    factors({ i: one }),
  ),
  "missing-i-factor": mistake(
    "What is the candidate u multiplied by? It stays when u is differentiated.",
    factors({ u: one }),
  ),
  "factor-i-for-u": mistake(
    "In a product, which factor stays when the input gate is differentiated?",
    factors({ i: ({ i }) => i }),
  ),
  "factor-tanh-u-for-u": mistake(
    "How often is the activation function applied to the candidate u?",
    factors({ i: ({ u }) => Math.tanh(u) }),
  ),
  "factor-u-for-i": mistake(
    "In a product, which factor stays when the candidate u is differentiated?",
    factors({ u: ({ u }) => u }),
  ),
  "factor-f-for-c-prev": mistake(
    "In a product, which factor stays when the forget gate is differentiated?",
    factors({ f: ({ f }) => f }),
  ),
  "c-t-for-c-prev": mistake(
    "Of which step is the cell state that the forget gate multiplies?",
    factors({ f: ({ c_t }) => c_t }),
  ),
  "cell-for-tanh-cell": mistake(
    "What exactly does the output gate multiply?",
    outputOf(({ c_t }) => c_t),
  ),
  "tanh-prime-in-output-term": mistake(
    "On the way through the output gate, is the cell state differentiated as well?",
    ...[outputOf(({ tanh_c_t }, slope) => tanh_c_t * slope), outputOf((_, slope) => slope)],
  ),
  "h-t-for-tanh-cell": mistake(
    "Is h_t the same as tanh(c_t)? See where you use the one in the place of the other.",
    ...[{ ...hiddenFor.o, ...hiddenFor.tanh }, hiddenFor.o, hiddenFor.tanh].map((factor) => ({
      ...{ factor, slope: "tanh" in factor ? { c_t: one } : {} },
    })),
  ),
  "identity-for-c-prev": mistake(
    "When you differentiate by the earlier hidden state, does the earlier cell state change with it?",
    {
      isMemoryOfHidden: true,
    },
  ),
  "W-for-U": mistake(
    "Which weights multiply the vector by which you differentiate?",
    exchanged(true),
    exchanged(false),
  ),
  "diagonal-only": mistake(
    "Each pre-activation depends on all components of h_{t-1}. What is its derivative by each of them?",
    through((d) => diagonal(d)),
  ),
  "outer-with-h": mistake(
    "When you differentiate by a vector, does that vector itself remain?",
    through((d, _, h) => scaleRows(d, rowsOf(h, d.length))),
  ),
  "elementwise-U": mistake("Is this a product of matrices, or one entry by entry?", {
    chain: (cell) => withWeights(cell, (own) => ({ ...own, U: diagonal(diagonalOf(own.U)) })),
  }),
} as const;

function diagonalOf({ cols, data }: Matrix): Vector {
  return data.filter((_, at) => at % (cols + 1) === 0);
}

/** The vector as each of so many rows. */
function rowsOf(row: Vector, rows: number): Matrix {
  return {
    rows,
    cols: row.length,
    data: Float64Array.from({ length: rows * row.length }, (_, at) => row[at % row.length]),
  };
}
