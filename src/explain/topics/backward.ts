import {
  b,
  c_prev,
  c_t,
  gate,
  h_prev,
  h_t,
  slope,
  stateSlope,
  stepDerivative,
  U,
  W,
  x_t,
  z,
} from "../../lstm/letters.ts";
import { PATHS } from "../../lstm/names.ts";
import {
  derivative,
  diag,
  differential,
  dot,
  equals,
  hadamard,
  large,
  list,
  type Part,
  product,
  sum,
  sup,
} from "../../notation/formula.ts";
import type { Formula } from "../../notation/formula-tree.ts";
import { PARTNERS } from "../term-equations.ts";
import { say, type Topic } from "../topic.ts";

const by = (wrt: Part) => derivative("L", wrt);
const transposed = (formula: Formula) => sup(formula, "⊤");
/** A Jacobian takes the gradient of its result back. */
const back = (jacobian: Formula, result: Formula) => product(transposed(jacobian), by(result));
const dh = differential("d", h_t);
const dc = differential("d", c_t);

/** The gradients of L = Σ dh_t·h_t + dc_t·c_t, from the end to the beginning. */
export const backward: Topic = {
  name: "backward",
  title: "The gradients of one step, backwards",
  steps: [
    {
      rule: "definition of the loss",
      formulas: [equals("L", sum(dot(dh, h_t), dot(dc, c_t)))],
      reason: say`${dh} and ${dc} are given: how the real loss moves with the step's two results, as far as later steps and the output layer know. With them held constant, ${"L"} has the same gradient as the real loss. Gradients are vectors of the shape of what they belong to; a Jacobian takes them back by its transpose.`,
      numbers: ["loss"],
    },
    {
      rule: say`chain rule: both results lead to ${c_t}`,
      formulas: [
        equals(by(h_t), dh),
        equals(by(c_t), sum(dc, back(derivative(h_t, c_t), h_t)), sum(dc, hadamard(gate("o"), stateSlope, dh))),
      ],
      reason: say`${c_t} acts on ${"L"} directly and through ${h_t}; what arrives on the two ways is added. Forgetting the second is the classic mistake. The Jacobian is diagonal, so its transpose is itself.`,
      numbers: ["steps.dh_t", "steps.dc_t"],
    },
    {
      rule: "product rule, then the slope of each gate",
      formulas: PATHS.map((g) => equals(by(z(g)), hadamard(by(g === "o" ? h_t : c_t), PARTNERS[g], slope(g)))),
      reason: say`Each gate is multiplied by one partner: its gradient is the gradient of the product times the partner, and the slope of its squashing function takes it on to the pre-activation. No matrix yet: up to here everything goes component by component.`,
      numbers: PATHS.map((g) => `steps.dz_${g}`),
    },
    {
      rule: "the transpose of a linear map",
      formulas: [
        equals(by(h_prev), large("Σ", "g", back(U("g"), z("g")))),
        equals(by(x_t), large("Σ", "g", back(W("g"), z("g")))),
      ],
      reason: say`${h_prev} and ${x_t} enter all four pre-activations, so four contributions are added. Going backwards, component ${"k"} of ${h_prev} collects from every unit ${"d"} that it had fed, with the weight of that connection: a sum over the rows of ${U("g")}, hence the transpose.`,
      numbers: ["gradient.h_prev", "gradient.x_t"],
    },
    {
      rule: "the memory's path",
      formulas: [equals(by(c_prev), hadamard(by(c_t), gate("f")))],
      reason: say`The transpose of ${diag(gate("f"))} is itself. Along a sequence this is the road on which gradients travel far.`,
      numbers: ["gradient.c_prev"],
    },
    {
      rule: "outer products",
      formulas: [
        equals(by(U("g")), product(by(z("g")), transposed(h_prev))),
        equals(by(W("g")), product(by(z("g")), transposed(x_t))),
        equals(by(b("g")), by(z("g"))),
      ],
      reason: say`Entry ${list("d", "k")} of ${U("g")} occurs in unit ${"d"} of ${z("g")} only, with the factor component ${"k"} of ${h_prev}. The weights are shared by all steps of a sequence, so their gradients are summed over the steps.`,
      numbers: ["gradient.U_f", "gradient.W_f", "gradient.b_f"],
    },
    {
      rule: "the same as Jacobians, transposed",
      formulas: [
        equals(
          by(h_prev),
          sum(
            product(transposed(stepDerivative("h_t", "h_prev")), dh),
            product(transposed(stepDerivative("c_t", "h_prev")), dc),
          ),
        ),
      ],
      reason: say`Multiplying from the side of the loss never forms a Jacobian: it costs about as much as the step itself, and this is why training goes backwards. The result is the same, because matrix multiplication may be bracketed either way.`,
      numbers: ["gradient.h_prev"],
    },
  ],
};
