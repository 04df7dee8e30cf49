import { decay, gate, h_prev, ofUnit, sigma, sigmaPrime, slope, stepDerivative, U, z } from "../../lstm/letters.ts";
import {
  absolute,
  chain,
  derivative,
  diag,
  dot,
  equals,
  fraction,
  large,
  list,
  matrix,
  product,
  sub,
  sum,
} from "../../notation/formula.ts";
import { say, type Topic } from "../topic.ts";

const z_d = ofUnit("z", "f");
const f_d = ofUnit("f", "t");
const h_k = sub("h", "k");
const U_dk = sub("U", list("d", "k"));
const entry = (d: string, k: string) => product(sigmaPrime(ofUnit("z", "f", d)), sub("U", list(d, k)));
const row = (d: string) => [entry(d, "0"), entry(d, "1"), "…"];
const OTHERS = ["i", "o", "u"] as const;

/** ∂f_t/∂h_{t-1}, and why the rows of U_f are scaled. */
export const forgetGate: Topic = {
  name: "forget-gate",
  title: "The forget gate by the previous hidden state",
  steps: [
    {
      rule: "linearity",
      formulas: [
        equals(
          z_d,
          sum(
            large("Σ", "j", product(sub("W", list("d", "j")), sub("x", "j"))),
            large("Σ", "k", product(U_dk, h_k)),
            sub("b", "d"),
          ),
        ),
        equals(derivative(z_d, h_k), U_dk),
        equals(derivative(z("f"), h_prev), U("f")),
      ],
      reason: say`Unit ${"d"} of the pre-activation is a sum, and ${h_k} (component ${"k"} of ${h_prev}) occurs in one summand of it, with the factor ${U_dk} (entry ${list("d", "k")} of ${U("f")}). Row d of a Jacobian belongs to unit ${"d"} of the output, column ${"k"} to component ${"k"} of the input; so the Jacobian of a matrix times a vector is the matrix.`,
      numbers: ["preactivations.f", "U_f"],
    },
    {
      rule: say`${"σ"} acts component by component`,
      formulas: [equals(f_d, sigma(z_d)), equals(derivative(gate("f"), z("f")), diag(sigmaPrime(z("f"))))],
      reason: say`Unit ${"d"} of the gate looks at unit ${"d"} of ${z("f")} and at no other, so everything beside the diagonal of this Jacobian is zero, and entry ${"d"} on it is ${sigmaPrime(z_d)}.`,
      numbers: ["derivatives.f"],
    },
    {
      rule: "chain rule",
      formulas: [
        equals(
          stepDerivative("f", "h_prev"),
          product(derivative(gate("f"), z("f")), derivative(z("f"), h_prev)),
          product(diag(sigmaPrime(z("f"))), U("f")),
        ),
      ],
      reason: say`The outer derivative stands on the left, the inner one on the right: Jacobians of composed maps multiply in the order in which the maps are written.`,
      numbers: ["jacobian.f.h_prev"],
    },
    {
      rule: "a diagonal matrix on the left scales rows",
      formulas: [
        equals(derivative(f_d, h_k), product(sigmaPrime(z_d), U_dk)),
        equals(product(diag(sigmaPrime(z("f"))), U("f")), matrix([row("0"), row("1"), ["⋮", "⋮", "⋱"]])),
      ],
      reason: say`Every entry of row ${"d"} has the factor of unit ${"d"}, because the row describes that unit and nothing else; row ${"d"} is the gradient of ${f_d}. On the right, the diagonal matrix would scale column ${"k"} by the slope of unit ${"k"}: it would multiply the influence of ${h_k} on unit ${"d"} by the slope of a gate that it does not pass through.`,
      numbers: ["jacobian.f.h_prev"],
    },
    {
      rule: "bound of the sigmoid's derivative",
      formulas: [chain(absolute(derivative(f_d, h_k)), ["≤", dot(fraction(1, 4), absolute(U_dk))])],
      reason: say`Where the gate saturates, at large |z|, the factor is about ${decay("z")} and the row almost vanishes: a gate that is wide open or tightly shut no longer hears ${h_prev}.`,
      numbers: ["derivatives.f"],
    },
    {
      rule: "the same for the other gates",
      formulas: OTHERS.map((g) => equals(stepDerivative(g, "h_prev"), product(diag(slope(g)), U(g)))),
      reason: say`Nothing in the argument was special to ${"f"}; the candidate has tanh in place of ${"σ"}. With ${sub("W", "g")} for ${U("g")} these are the derivatives by the input.`,
      numbers: OTHERS.map((g) => `jacobian.${g}.h_prev`),
    },
  ],
};
