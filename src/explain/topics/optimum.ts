import { rowOf } from "../../linalg/matrix.ts";
import { maxNorm } from "../../linalg/norm.ts";
import type { Cell } from "../../lstm/cell.ts";
import { c_prev, h_prev, sigma, x_t } from "../../lstm/letters.ts";
import type { Norm } from "../../lstm/names.ts";
import { optimum as optimumOf } from "../../lstm/optimum.ts";
import { missingKeys } from "../../lstm/requirements.ts";
import {
  absolute,
  apply,
  chain,
  dot,
  equals,
  fraction,
  large,
  minus,
  negative,
  norm,
  type Part,
  parentheses,
  product,
  sub,
  subSup,
  sum,
  sup,
} from "../../notation/formula.ts";
import type { Formula } from "../../notation/formula-tree.ts";
import { say, type Topic } from "../topic.ts";
import { BEST_VECTOR, best, constant, f_d, h, LARGEST_GATE, U_d } from "../unit-sphere.ts";

const entry = (k: Part) => sub("a", k);
const inner = dot("a", h);
const square = (formula: Formula) => sup(formula, 2);
const [a_k, h_k] = [entry("k"), sub(h, "k")];
const sumOfProducts = large("Σ", "k", product(absolute(a_k), absolute(h_k)));
/** f^(d) over the unit sphere of the p-norm. */
const over = (extreme: "max" | "min") => large(extreme, equals(norm(h, "p"), 1), apply(f_d, h));
const argmax = (of: Formula) => large("argmax", equals(norm(h, "p"), 1), of);
const values = (p: Norm) => ["h_prev", "preactivation", "activation"].map((what) => `optimum.${p}.max.f.${what}`);

/** argmax of f^(d) over the unit sphere: Cauchy–Schwarz, Hölder, a zero row, ties. */
export const optimum: Topic = {
  name: "optimum",
  title: "The unit vector that opens the forget gate widest",
  steps: [
    {
      rule: "monotonicity",
      formulas: [equals(f_d, sigma(sum(constant, dot(U_d, h)))), equals(argmax(apply(f_d, h)), argmax(dot(U_d, h)))],
      reason: say`Wanted is the ${h_prev}, called ${"h"} here, on the unit sphere of a norm at which unit ${"d"} of the gate is largest. ${"σ"} increases strictly, so the gate is largest where its argument is; ${constant} does not contain ${"h"} and shifts all values alike. What remains is a linear function. Below, ${"a"} stands for ${U_d}, row ${"d"} of the matrix, and ${entry("k")} for its entry ${"k"}. The same holds for ${"i"} and ${"o"}, and for ${"u"}, because tanh increases as well.`,
      numbers: ["U_f"],
    },
    {
      rule: "Cauchy–Schwarz inequality",
      formulas: [
        chain(
          0,
          ["≤", square(norm(minus("a", product(norm("a", 2), h)), 2))],
          ["=", minus(product(2, square(norm("a", 2))), product(2, norm("a", 2), parentheses(inner)))],
        ),
        chain(inner, ["≤", norm("a", 2)]),
      ],
      reason: say`For ${equals(norm(h, 2), 1)} and ${"a"} that is not zero: a square is never negative; multiply it out, use that ${"h"} has norm 1, and divide by ${product(2, norm("a", 2))}. Equality holds exactly where the square is zero, that is where ${"h"} is ${"a"} divided by its norm.`,
    },
    {
      rule: "the case of equality",
      formulas: [BEST_VECTOR],
      reason: say`The only maximiser for ${equals("p", 2)}. It is the row of the matrix, not a column: unit ${"d"} listens to the components of ${"h"} with the weights of row ${"d"}. It depends neither on ${x_t} nor on the bias nor on ${c_prev}.`,
      numbers: values("2").slice(0, 1),
    },
    {
      rule: say`insert it: the norm goes through ${"σ"}`,
      formulas: [
        LARGEST_GATE,
        chain(dot(U_d, best), ["=", fraction(dot(U_d, U_d), norm(U_d, 2))], ["=", norm(U_d, 2)]),
      ],
      reason: say`${norm(U_d, 2)} is what the best ${"h"} adds to the pre-activation. The gate's largest value is ${"σ"} of the whole pre-activation, never the norm itself: a gate lies between 0 and 1, a norm may be any number from 0 up.`,
      numbers: values("2").slice(1),
    },
    {
      rule: "Hölder's inequality",
      formulas: [
        chain(inner, ["≤", product(norm("a", "q"), norm(h, "p"))]),
        equals(sum(fraction(1, "p"), fraction(1, "q")), 1),
        equals(over("max"), sigma(sum(constant, norm(U_d, "q")))),
      ],
      reason: say`For another norm of ${"h"} the norm of ${"a"} changes to its dual: ${equals("p", 2)} has ${equals("q", 2)}, ${equals("p", 1)} has ${equals("q", "∞")}, and ${equals("p", "∞")} has ${equals("q", 1)}. The inequality is sharp, so the rest goes as before. For the last two it is proved in a line each, which also shows where equality holds.`,
    },
    {
      rule: say`Hölder for ${equals("p", 1)}`,
      formulas: [
        chain(
          inner,
          ["≤", sumOfProducts],
          ["≤", product(large("max", "k", absolute(a_k)), large("Σ", "k", absolute(h_k)))],
          ["=", norm("a", "∞")],
        ),
        equals(best, product(apply("sign", entry("m")), sub("e", "m"))),
      ],
      reason: say`For ${equals(norm(h, 1), 1)} and ${"a"} that is not zero. The second line is an equality only where no ${sub(h, "k")} but those at a largest entry differs from zero, the first only where each has the sign of its entry: so all weight goes there; ${"m"} is the index of the largest ${absolute(entry("k"))}, and ${sub("e", "m")} the unit vector in that direction. Where several entries tie for the largest, each of them will do, and so will every mixture of them with weights that are not negative and add up to 1; the first index is reported, and marked as not unique.`,
      numbers: values("1"),
      remarks: (cell, unit) => notUnique(cell, unit, "1", "several entries of the row tie for the largest"),
    },
    {
      rule: say`Hölder for ${equals("p", "∞")}`,
      formulas: [
        chain(
          inner,
          ["≤", sumOfProducts],
          ["≤", product(large("max", "k", absolute(h_k)), large("Σ", "k", absolute(a_k)))],
          ["=", norm("a", 1)],
        ),
        equals(subSup(h, "k", "∗"), apply("sign", entry("k"))),
      ],
      reason: say`For ${equals(norm(h, "∞"), 1)} and ${"a"} that is not zero. The second line is an equality only where every component whose entry is not zero is at its limit, 1 or −1; the first only where it has the sign of that entry. A component whose entry is zero contributes nothing and may be anything from −1 to 1; it is left at 0, and the vector is marked as not unique.`,
      numbers: values("inf"),
      remarks: (cell, unit) => notUnique(cell, unit, "inf", "the row has entries that are zero"),
    },
    {
      rule: "a zero row",
      formulas: [equals(apply(f_d, h), sigma(constant))],
      reason: say`If ${U_d} is zero, ${"h"} does not occur: the gate has the same value at every ${"h"}, every unit vector is optimal, and ${"a"} divided by its norm would be 0/0. No vector is reported (null in JSON), the value is that at any ${"h"}, and the norm that is added is 0, as in the formula.`,
      numbers: values("2").slice(2),
      remarks: zeroRows,
    },
    {
      rule: "symmetry of the sphere: the minimum",
      formulas: [equals(over("min"), sigma(minus(constant, norm(U_d, "q"))))],
      reason: say`With ${"h"} the sphere also contains ${negative("h")}, which turns the sign of the linear function: the gate closes furthest at ${negative(best)}.`,
      numbers: ["optimum.2.min.f.h_prev", "optimum.2.min.f.activation"],
    },
  ],
};

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
