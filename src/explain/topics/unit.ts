import { exp, h_prev, ofUnit, PREVIOUS, sigma, sigmaPrime, tanh, tanhPrime } from "../../lstm/letters.ts";
import { GATES, type Gate, PATHS } from "../../lstm/names.ts";
import {
  absolute,
  derivative,
  dot,
  equals,
  fraction,
  minus,
  negative,
  product,
  quantity,
  sub,
  sum,
} from "../../notation/formula.ts";
import type { Formula } from "../../notation/formula-tree.ts";
import { onePlus, sigmoidSlope, tanhSlope } from "../slopes.ts";
import { type Step, say, type Topic } from "../topic.ts";

/** The letters of unit d, each with the path of its number. */
function lettersOf(d: number) {
  const of = (path: string, base: string, index: Parameters<typeof ofUnit>[1]) =>
    quantity(path, ofUnit(base, index, d));
  const c = of("c_t", "c", "t");
  return {
    z: (g: Gate) => of(`preactivations.${g}`, "z", g),
    gate: (g: Gate) => of(`gates.${g}`, g, "t"),
    bias: (g: Gate) => of(`b_${g}`, "b", g),
    slope: (g: Gate) => quantity(`derivatives.${g}`, (g === "u" ? tanhPrime : sigmaPrime)(ofUnit("z", g, d))),
    wx: (g: Gate) => quantity(`sums.W.${g}`, product(ofUnit("W", g, d), sub("x", "t"))),
    uh: (g: Gate) => quantity(`sums.U.${g}`, product(ofUnit("U", g, d), h_prev)),
    c,
    c_prev: of("c_prev", "c", PREVIOUS),
    h: of("h_t", "h", "t"),
    tanh_c: quantity("tanh_c_t", tanh(ofUnit("c", "t", d))),
    stateSlope: quantity("derivatives.c_t", tanhPrime(ofUnit("c", "t", d))),
    toll: quantity("sensitivities.c_t", derivative(ofUnit("h", "t", d), ofUnit("c", "t", d))),
    byZ: (g: Gate) => quantity(`sensitivities.${g}`, derivative(ofUnit("h", "t", d), ofUnit("z", g, d))),
  };
}

/** One unit from its pre-activations to its rows of ∂f_t/∂h_{t-1} and ∂h_t/∂h_{t-1}, with every number between. */
export function unitTopic(d: number): Topic {
  const l = lettersOf(d);
  return {
    name: "unit",
    title: say`Unit ${d}, from its pre-activations to ${derivative("h", h_prev)}`,
    steps: [...forwardSteps(l), ...backSteps(l, d)],
  };
}

/** tanh'(x), whose exponent has a sign of multiplication before the number of the cell */
const tanhSlopeAt = (x: Formula) => tanhSlope(exp(negative(dot(2, absolute(x)))));

type Letters = ReturnType<typeof lettersOf>;

function forwardSteps(l: Letters): Step[] {
  const value = (g: Gate) => equals(l.gate(g), (g === "u" ? tanh : sigma)(l.z(g)));
  return [
    {
      rule: "pre-activations",
      formulas: GATES.map((g) => equals(l.z(g), sum(l.wx(g), l.uh(g), l.bias(g)))),
      reason: say`Row by row: what the input says, what the previous hidden state says, and the bias.`,
    },
    { rule: "gates", formulas: GATES.map(value), reason: say`The squashing functions, at these numbers.` },
    {
      rule: "slopes",
      formulas: GATES.map((g) => equals(l.slope(g), (g === "u" ? tanhSlopeAt : sigmoidSlope)(l.z(g)))),
      reason: say`How fast each gate moves with its pre-activation.`,
    },
    {
      rule: "cell state",
      formulas: [equals(l.c, sum(dot(l.gate("f"), l.c_prev), dot(l.gate("i"), l.gate("u"))))],
      reason: say`What is kept, and what is written.`,
    },
    {
      rule: "hidden state",
      formulas: [
        equals(l.tanh_c, minus(fraction(2, onePlus(exp(negative(dot(2, l.c))))), 1)),
        equals(l.stateSlope, tanhSlopeAt(l.c)),
        equals(l.h, dot(l.gate("o"), l.tanh_c)),
      ],
      reason: say`What is let out.`,
    },
  ];
}

function backSteps(l: Letters, d: number): Step[] {
  const row = (g: Gate) => ofUnit("U", g, d);
  const rowOf = (of: string, index: "t" | Gate): Formula => derivative(ofUnit(of, index, d), h_prev);
  return [
    {
      rule: "chain rule: from the memory to the outside",
      formulas: [equals(l.toll, dot(l.gate("o"), l.stateSlope))],
      reason: say`The factor that the paths through the memory have in common.`,
    },
    {
      rule: "product rule: from each pre-activation to the outside",
      formulas: [
        equals(l.byZ("o"), dot(l.tanh_c, l.slope("o"))),
        equals(l.byZ("f"), dot(l.toll, l.c_prev, l.slope("f"))),
        equals(l.byZ("i"), dot(l.toll, l.gate("u"), l.slope("i"))),
        equals(l.byZ("u"), dot(l.toll, l.gate("i"), l.slope("u"))),
      ],
      reason: say`One number for each path: the diagonal entries of this unit.`,
    },
    {
      rule: "the row of the forget gate",
      formulas: [equals(rowOf("f", "t"), product(l.slope("f"), row("f")))],
      reason: say`The slope scales row ${d} of ${sub("U", "f")}.`,
      numbers: ["U_f", "jacobian.f.h_prev"],
    },
    {
      rule: "one row for each path",
      formulas: GATES.map((g) => equals(ofUnit("T", g, d), product(l.byZ(g), row(g)))),
      reason: say`Each number from above scales the same row of its matrix.`,
      numbers: GATES.flatMap((g) => [`U_${g}`, `terms.${g}`]),
    },
    {
      rule: "sum over the paths",
      formulas: [equals(rowOf("h", "t"), sum(...PATHS.map((g) => ofUnit("T", g, d))))],
      reason: say`Row ${d} of ${derivative(sub("h", "t"), h_prev)}.`,
      numbers: ["jacobian.h_t.h_prev"],
    },
  ];
}
