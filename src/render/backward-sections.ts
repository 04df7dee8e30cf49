import { derivative } from "../explain/formula.ts";
import { c_t, h_t, z } from "../explain/letters.ts";
import type { Matrix } from "../linalg/matrix.ts";
import { GATES } from "../lstm/names.ts";
import type { BackwardResult, GradientKey, StepGradients } from "../lstm/results/records.ts";
import { matrixSection, type Section, vectorColumn, vectorSection } from "./section.ts";
import { gradientSymbol } from "./symbols.ts";

/** L, the gradients of the vectors in one table, those of the matrices in one each; on request those of each step. */
export function backwardSections({ reverse, loss, gradient, steps = [] }: BackwardResult): Section[] {
  const isSequence = "x" in gradient;
  const symbol = (key: GradientKey) => gradientSymbol(key, isSequence);
  const column = (key: GradientKey) => vectorColumn(symbol(key), gradient[key] as Float64Array);
  const matrix = (key: GradientKey) => matrixSection(symbol(key), gradient[key] as Matrix);
  const total = vectorSection("loss", [vectorColumn({ kind: "symbol", name: "L" }, Float64Array.of(loss))]);
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

const STEP_SYMBOLS = {
  dh_t: derivative("L", h_t),
  dc_t: derivative("L", c_t),
  dz_f: derivative("L", z("f")),
  dz_i: derivative("L", z("i")),
  dz_o: derivative("L", z("o")),
  dz_u: derivative("L", z("u")),
} as const;

function stepSection({ t, ...vectors }: StepGradients): Section {
  const keys = Object.keys(STEP_SYMBOLS) as (keyof typeof STEP_SYMBOLS)[];
  return vectorSection(
    `step ${t}`,
    keys.map((key) => vectorColumn(STEP_SYMBOLS[key], vectors[key])),
  );
}

/** What the upstream gradients were taken as. */
export function backwardCaptions({ assumed_one, gradient }: BackwardResult): string[] {
  const where = "x" in gradient ? " at the last step" : "";
  return assumed_one ? [`${assumed_one.join(", ")} not given: taken as ones${where}`] : [];
}
