import { rowOf } from "../../linalg/matrix.ts";
import { maxNorm } from "../../linalg/norm.ts";
import type { Cell } from "../../lstm/cell.ts";
import type { Norm } from "../../lstm/names.ts";
import { optimum as optimumOf } from "../../lstm/optimum.ts";
import { missingKeys } from "../../lstm/requirements.ts";
import { math } from "../../notation/read-formula.ts";
import { type Step, say, type Topic } from "../topic.ts";
import { BEST_VECTOR, LARGEST_GATE } from "../unit-sphere.ts";
import { OUTPUT_STEPS } from "./output-optimum.ts";

const values = (p: Norm) => ["h_prev", "preactivation", "activation"].map((what) => `optimum.${p}.max.f.${what}`);

/** argmax of f^(d) over the unit sphere: Cauchy–Schwarz, Hölder, a zero row, ties. */
export const optimum = (norm: Norm | null): Topic => ({
  title: "The unit vector that opens the forget gate widest",
  steps: stepsFor(norm ?? "2").filter(({ of }) => norm === null || of === undefined || of.includes(norm)),
});

interface OptimumStep extends Step {
  /** The norms that it is about; absent: any. */
  readonly of?: readonly Norm[];
}

/** @param p the norm whose numbers the steps about any norm show */
function stepsFor(p: Norm): OptimumStep[] {
  return [
    {
      rule: "monotonicity",
      formulas: [
        math`f_t^(d) = σ({W_f^(d) x_t + b_f^(d)} + U_f^(d) · h)`,
        math`argmax_{‖h‖_p = 1} f_t^(d)(h) = argmax_{‖h‖_p = 1} {U_f^(d) · h}`,
      ],
      essential: true,
      reason: say`Wanted is the $h_{t-1}$, called $h$ here, on the unit sphere of a norm at which unit $d$ of the gate is largest. $σ$ increases strictly, so the gate is largest where its argument is; $W_f^(d) x_t + b_f^(d)$ does not contain $h$ and shifts all values alike. What remains is a linear function. Below, $a$ stands for $U_f^(d)$, row $d$ of the matrix, and $a_k$ for its entry $k$. The same holds for $i$ and $o$, and for $u$, because tanh increases as well.`,
      numbers: ["U_f"],
    },
    {
      of: ["2"],
      rule: "Cauchy–Schwarz inequality",
      formulas: [math`0 ≤ ‖a − ‖a‖_2 h‖_2^2 = 2 ‖a‖_2^2 − 2 ‖a‖_2 (a · h)`, math`a · h ≤ ‖a‖_2`],
      essential: true,
      reason: say`For $‖h‖_2 = 1$ and $a$ that is not zero: a square is never negative; multiply it out, use that $h$ has norm 1, and divide by $2 ‖a‖_2$. Equality holds exactly where the square is zero, that is where $h$ is $a$ divided by its norm.`,
    },
    {
      of: ["2"],
      rule: "the case of equality",
      formulas: [BEST_VECTOR],
      essential: true,
      reason: say`The only maximiser for $p = 2$. It is the row of the matrix, not a column: unit $d$ listens to the components of $h$ with the weights of row $d$. It depends neither on $x_t$ nor on the bias nor on $c_{t-1}$.`,
      numbers: values("2").slice(0, 1),
    },
    {
      of: ["2"],
      rule: say`insert it: the norm goes through $σ$`,
      formulas: [LARGEST_GATE, math`U_f^(d) · h^∗ = (U_f^(d) · U_f^(d))/‖U_f^(d)‖_2 = ‖U_f^(d)‖_2`],
      essential: true,
      reason: say`$‖U_f^(d)‖_2$ is what the best $h$ adds to the pre-activation. The gate's largest value is $σ$ of the whole pre-activation, never the norm itself: a gate lies between 0 and 1, a norm may be any number from 0 up.`,
      numbers: values("2").slice(1),
    },
    {
      of: ["1", "inf"],
      rule: "Hölder's inequality",
      formulas: [
        math`a · h ≤ ‖a‖_q ‖h‖_p`,
        math`1/p + 1/q = 1`,
        math`max_{‖h‖_p = 1} f_t^(d)(h) = σ({W_f^(d) x_t + b_f^(d)} + ‖U_f^(d)‖_q)`,
      ],
      reason: say`To the norm of $h$ belongs its dual, a norm of $a$: $p = 2$ has $q = 2$ (Cauchy–Schwarz), $p = 1$ has $q = ∞$, and $p = ∞$ has $q = 1$. The inequality is sharp: for $p = 1$ and $p = ∞$ it is proved in a line, which also shows where equality holds.`,
    },
    {
      of: ["1"],
      rule: say`Hölder for $p = 1$`,
      formulas: [math`a · h ≤ Σ_k |a_k| |h_k| ≤ max_k |a_k| Σ_k |h_k| = ‖a‖_∞`, math`h^∗ = sign(a_m) e_m`],
      essential: true,
      reason: say`For $‖h‖_1 = 1$ and $a$ that is not zero. The second line is an equality only where no $h_k$ but those at a largest entry differs from zero, the first only where each has the sign of its entry: so all weight goes there; $m$ is the index of the largest $|a_k|$, and $e_m$ the unit vector in that direction. Where several entries tie for the largest, each of them will do, and so will every mixture of them with weights that are not negative and add up to 1; the first index is reported, and marked as not unique.`,
      numbers: values("1"),
      remarks: (cell, unit) => notUnique(cell, unit, "1", "several entries of the row tie for the largest"),
    },
    {
      of: ["inf"],
      rule: say`Hölder for $p = ∞$`,
      formulas: [math`a · h ≤ Σ_k |a_k| |h_k| ≤ max_k |h_k| Σ_k |a_k| = ‖a‖_1`, math`h_k^∗ = sign(a_k)`],
      essential: true,
      reason: say`For $‖h‖_∞ = 1$ and $a$ that is not zero. The second line is an equality only where every component whose entry is not zero is at its limit, 1 or −1; the first only where it has the sign of that entry. A component whose entry is zero contributes nothing and may be anything from −1 to 1; it is left at 0, and the vector is marked as not unique.`,
      numbers: values("inf"),
      remarks: (cell, unit) => notUnique(cell, unit, "inf", "the row has entries that are zero"),
    },
    {
      rule: "a zero row",
      formulas: [math`f_t^(d)(h) = σ(W_f^(d) x_t + b_f^(d))`],
      reason: say`If $U_f^(d)$ is zero, $h$ does not occur: the gate has the same value at every $h$, every unit vector is optimal, and $a$ divided by its norm would be 0/0. No vector is reported (null in JSON), the value is that at any $h$, and the norm that is added is 0, as in the formula.`,
      numbers: [`optimum.${p}.max.f.activation`],
      remarks: zeroRows,
    },
    {
      rule: "symmetry of the sphere: the minimum",
      formulas: [math`min_{‖h‖_p = 1} f_t^(d)(h) = σ({W_f^(d) x_t + b_f^(d)} − ‖U_f^(d)‖_q)`],
      reason: say`With $h$ the sphere also contains $−h$, which turns the sign of the linear function: the gate closes furthest at $−h^∗$.`,
      numbers: [`optimum.${p}.min.f.h_prev`, `optimum.${p}.min.f.activation`],
    },
    ...OUTPUT_STEPS.map((step) => ({ ...step, of: ["2" as const] })),
  ];
}

function zeroRows(cell: Cell, followed: number | null): string[] {
  const U = cell.gates.f?.U;
  if (!U) return [];
  const isZero = (d: number) => maxNorm(rowOf(U, d)) === 0;
  if (followed !== null) return [`row ${followed} of U_f is ${isZero(followed) ? "" : "not "}zero`];
  const zero = [...Array(cell.hiddenSize).keys()].filter(isZero);
  return zero.length === 0 ? ["no row of U_f is zero"] : [`zero rows of U_f: ${zero.join(", ")}`];
}

function notUnique(cell: Cell, followed: number | null, norm: Norm, why: string): string[] {
  const U = cell.gates.f?.U;
  if (!U || missingKeys(cell, "f").length > 0) return [];
  const units = optimumOf(cell, "f", { norm })
    .filter(({ unit, unique, h_prev }) => (followed ?? unit) === unit && !unique && h_prev !== null)
    .map(({ unit }) => unit);
  return units.length === 0 ? [] : [`not the only optimum for unit ${units.join(", ")}: ${why}`];
}
