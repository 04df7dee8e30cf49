import type { Matrix } from "../linalg/matrix.ts";
import { derivativeNamed, STEP_GRADIENTS } from "../lstm/derivatives.ts";
import { LOSS } from "../lstm/letters.ts";
import { GATES, type GradientKey } from "../lstm/names.ts";
import type { BackwardResult } from "../lstm/results/records.ts";
import { matrixSection, type Section, vectorColumn, vectorSection } from "./section.ts";

/** L, the gradients of the vectors in one table, those of the matrices in one each; on request those of each step. */
export function backwardSections({ reverse, loss, gradient, steps = [] }: BackwardResult): Section[] {
  const isSequence = "x" in gradient;
  const symbol = (key: GradientKey) => derivativeNamed("loss", key).symbol(isSequence);
  const table = (title: string, ...keys: GradientKey[]) =>
    vectorSection(
      title,
      keys.map((key) => vectorColumn(symbol(key), gradient[key] as Float64Array)),
    );
  const matrix = (key: GradientKey) => matrixSection(symbol(key), gradient[key] as Matrix);
  const total = vectorSection("loss", [vectorColumn(LOSS, Float64Array.of(loss))]);
  const ofStep = STEP_GRADIENTS.map(({ key, symbol }) => ({ key, symbol: symbol() }));
  const weights = (["W", "U"] as const).flatMap((letter) => GATES.map((g) => `${letter}_${g}` as const));
  return [
    { ...total, rowLabel: () => "", shape: "number" },
    ...steps.map((step) =>
      vectorSection(
        `step ${step.t}`,
        ofStep.map(({ key, symbol }) => vectorColumn(symbol, step[key])),
      ),
    ),
    ...(gradient.x_t ? [table("input", "x_t")] : []),
    ...(gradient.x ? [reverse ? matrix("x") : { ...matrix("x"), rowLabel: (row: number) => `t = ${row + 1}` }] : []),
    table("state", "h_prev", "c_prev"),
    table("bias", ...GATES.map((g) => `b_${g}` as const)),
    ...weights.filter((key) => gradient[key]).map(matrix),
  ];
}

/** What the upstream gradients were taken as. */
export function backwardCaptions({ assumed_one, gradient }: BackwardResult): string[] {
  const where = "x" in gradient ? " at the last step" : "";
  return assumed_one ? [`${assumed_one.join(", ")} not given: taken as ones${where}`] : [];
}
