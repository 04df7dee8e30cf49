import { GATES, type Gate, PATHS } from "../../lstm/names.ts";
import { quantity, sum } from "../../notation/formula.ts";
import type { Formula } from "../../notation/formula-tree.ts";
import { math } from "../../notation/read-formula.ts";
import { type Step, say, type Topic } from "../topic.ts";

/** The letters of unit d, each with the path of its number. */
function lettersOf(d: number) {
  const [c, h] = [math`c_t^(${d})`, math`h_t^(${d})`];
  const z = (g: Gate) => math`z_${g}^(${d})`;
  return {
    z: (g: Gate) => quantity(`preactivations.${g}`, z(g)),
    gate: (g: Gate) => quantity(`gates.${g}`, math`${g}_t^(${d})`),
    bias: (g: Gate) => quantity(`b_${g}`, math`b_${g}^(${d})`),
    slope: (g: Gate) => quantity(`derivatives.${g}`, math`${g === "u" ? "tanh" : "σ"}'(${z(g)})`),
    wx: (g: Gate) => quantity(`sums.W.${g}`, math`W_${g}^(${d}) x_t`),
    uh: (g: Gate) => quantity(`sums.U.${g}`, math`U_${g}^(${d}) h_{t-1}`),
    c: quantity("c_t", c),
    c_prev: quantity("c_prev", math`c_{t-1}^(${d})`),
    h: quantity("h_t", h),
    tanh_c: quantity("tanh_c_t", math`tanh(${c})`),
    stateSlope: quantity("derivatives.c_t", math`tanh'(${c})`),
    toll: quantity("sensitivities.c_t", math`∂${h}/∂${c}`),
    byZ: (g: Gate) => quantity(`sensitivities.${g}`, math`∂${h}/∂${z(g)}`),
  };
}

type Letters = ReturnType<typeof lettersOf>;

/** One unit from its pre-activations to its rows of ∂f_t/∂h_{t-1} and ∂h_t/∂h_{t-1}, with every number between. */
export function unitTopic(d: number): Topic {
  const l = lettersOf(d);
  return {
    title: say`Unit $${d}$, from its pre-activations to $∂h/∂h_{t-1}$`,
    steps: [...forwardSteps(l), ...backSteps(l, d)],
  };
}

/** The slopes in the forms that are computed, which lose no digit where they saturate. */
const sigmoidSlope = (z: Formula) => math`e^{-|${z}|}/(1 + e^{-|${z}|})^2`;
const tanhSlope = (x: Formula) => math`{4 e^{-2 · |${x}|}}/(1 + e^{-2 · |${x}|})^2`;

function forwardSteps(l: Letters): Step[] {
  return [
    {
      rule: "pre-activations",
      formulas: GATES.map((g) => math`${l.z(g)} = ${l.wx(g)} + ${l.uh(g)} + ${l.bias(g)}`),
      reason: say`Row by row: what the input says, what the previous hidden state says, and the bias.`,
    },
    {
      rule: "gates",
      formulas: GATES.map((g) => math`${l.gate(g)} = ${g === "u" ? "tanh" : "σ"}(${l.z(g)})`),
      reason: say`The squashing functions, at these numbers.`,
    },
    {
      rule: "slopes",
      formulas: GATES.map((g) => math`${l.slope(g)} = ${(g === "u" ? tanhSlope : sigmoidSlope)(l.z(g))}`),
      reason: say`How fast each gate moves with its pre-activation.`,
    },
    {
      rule: "cell state",
      formulas: [math`${l.c} = ${l.gate("f")} · ${l.c_prev} + ${l.gate("i")} · ${l.gate("u")}`],
      reason: say`What is kept, and what is written.`,
    },
    {
      rule: "hidden state",
      formulas: [
        math`${l.tanh_c} = 2/(1 + e^{-2 · ${l.c}}) − 1`,
        math`${l.stateSlope} = ${tanhSlope(l.c)}`,
        math`${l.h} = ${l.gate("o")} · ${l.tanh_c}`,
      ],
      reason: say`What is let out.`,
    },
  ];
}

function backSteps(l: Letters, d: number): Step[] {
  return [
    {
      rule: "chain rule: from the memory to the outside",
      formulas: [math`${l.toll} = ${l.gate("o")} · ${l.stateSlope}`],
      reason: say`The factor that the paths through the memory have in common.`,
    },
    {
      rule: "product rule: from each pre-activation to the outside",
      formulas: [
        math`${l.byZ("o")} = ${l.tanh_c} · ${l.slope("o")}`,
        math`${l.byZ("f")} = ${l.toll} · ${l.c_prev} · ${l.slope("f")}`,
        math`${l.byZ("i")} = ${l.toll} · ${l.gate("u")} · ${l.slope("i")}`,
        math`${l.byZ("u")} = ${l.toll} · ${l.gate("i")} · ${l.slope("u")}`,
      ],
      reason: say`One number for each path: the diagonal entries of this unit.`,
    },
    {
      rule: "the row of the forget gate",
      formulas: [math`∂f_t^(${d})/∂h_{t-1} = ${l.slope("f")} U_f^(${d})`],
      reason: say`The slope scales row $${d}$ of $U_f$.`,
      numbers: ["U_f", "jacobian.f.h_prev"],
    },
    {
      rule: "one row for each path",
      formulas: GATES.map((g) => math`T_${g}^(${d}) = ${l.byZ(g)} U_${g}^(${d})`),
      reason: say`Each number from above scales the same row of its matrix.`,
      numbers: GATES.flatMap((g) => [`U_${g}`, `terms.${g}`]),
    },
    {
      rule: "sum over the paths",
      formulas: [math`∂h_t^(${d})/∂h_{t-1} = ${sum(...PATHS.map((g) => math`T_${g}^(${d})`))}`],
      reason: say`Row $${d}$ of $∂h_t/∂h_{t-1}$.`,
      numbers: ["jacobian.h_t.h_prev"],
    },
  ];
}
