import type { Matrix } from "../linalg/matrix.ts";
import { GATES } from "../lstm/names.ts";
import type { BackwardResult, GradientKey, StepGradients } from "../lstm/results/records.ts";
import { index, matrixSection, type Section, vectorColumn, vectorSection } from "./section.ts";
import { gradientSymbol } from "./symbols.ts";

/** L, the gradients of the vectors in one table, those of the matrices in one each; on request those of each step. */
export function backwardSections({ loss, gradient, steps = [] }: BackwardResult): Section[] {
  const isSequence = "x" in gradient;
  const symbol = (key: GradientKey) => gradientSymbol(key, isSequence);
  const column = (key: GradientKey) => vectorColumn(symbol(key), gradient[key] as Float64Array);
  const matrix = (key: GradientKey) => matrixSection(symbol(key), gradient[key] as Matrix);
  const total = vectorSection("loss", [vectorColumn("L", Float64Array.of(loss))]);
  const sections: Section[] = [{ ...total, rowLabel: () => "" }];
  for (const step of steps) sections.push(stepSection(step));
  if (gradient.x_t) sections.push(vectorSection("input", [column("x_t")]));
  if (gradient.x) sections.push({ ...matrix("x"), rowLabel: (row) => `t = ${row + 1}` });
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

function stepSection({ t, dh_t, dc_t, ...rest }: StepGradients): Section {
  const columns = [vectorColumn("∂L/∂h_t", dh_t), vectorColumn("∂L/∂c_t", dc_t)];
  for (const g of GATES) columns.push(vectorColumn(`∂L/∂z_${g}`, rest[`dz_${g}`]));
  return { ...vectorSection(`step ${t}`, columns), rowLabel: index };
}

/** What the upstream gradients were taken as. */
export function backwardCaptions({ assumed_one, gradient }: BackwardResult): string[] {
  const where = "x" in gradient ? " at the last step" : "";
  return assumed_one ? [`${assumed_one.join(", ")} not given: taken as ones${where}`] : [];
}
