import type { Matrix } from "../linalg/matrix.ts";
import { derivativeNamed, STEP_GRADIENTS } from "../lstm/derivatives.ts";
import type { StepGradients } from "../lstm/gradients-by-key.ts";
import { LOSS } from "../lstm/letters.ts";
import { GATES, type GradientKey } from "../lstm/names.ts";
import type { BackwardResult } from "../lstm/results/records.ts";
import { matrixSection, type Section, vectorColumn, vectorSection } from "./section.ts";

/** L, the gradients of the vectors in one table, those of the matrices in one each; on request those of each step. */
export function backwardSections({ reverse, loss, gradient, steps = [] }: BackwardResult): Section[] {
  const isSequence = "x" in gradient;
  const symbol = (key: GradientKey) => derivativeNamed("loss", key).symbol(isSequence);
  const column = (key: GradientKey) => vectorColumn(symbol(key), gradient[key] as Float64Array);
  const matrix = (key: GradientKey) => matrixSection(symbol(key), gradient[key] as Matrix);
  const total = vectorSection("loss", [vectorColumn(LOSS, Float64Array.of(loss))]);
  const sections: Section[] = [{ ...total, rowLabel: () => "", shape: "number" }];
  for (const step of steps) sections.push(stepSection(step));
  if (gradient.x_t) sections.push(vectorSection("input", [column("x_t")]));
  if (gradient.x) {
    const rows = matrix("x");
    sections.push(reverse ? rows : { ...rows, rowLabel: (row) => `t = ${row + 1}` });
  }
  sections.push(vectorSection("state", (["h_prev", "c_prev"] as const).map(column)));
  sections.push(
    vectorSection(
      "bias",
      GATES.map((g) => column(`b_${g}`)),
    ),
  );
  for (const letter of ["W", "U"] as const) {
    for (const g of GATES) if (gradient[`${letter}_${g}`]) sections.push(matrix(`${letter}_${g}`));
  }
  return sections;
}

function stepSection(step: StepGradients): Section {
  return vectorSection(
    `step ${step.t}`,
    STEP_GRADIENTS.map(({ key, symbol }) => vectorColumn(symbol(), step[key])),
  );
}

/** What the upstream gradients were taken as. */
export function backwardCaptions({ assumed_one, gradient }: BackwardResult): string[] {
  const where = "x" in gradient ? " at the last step" : "";
  return assumed_one ? [`${assumed_one.join(", ")} not given: taken as ones${where}`] : [];
}
