import { math } from "../../notation/read-formula.ts";
import { say, type Topic } from "../topic.ts";

/** σ' = σ(1 − σ) from the definition, and why e^{-|z|}/(1 + e^{-|z|})² is what is computed. */
export const sigmoid = (): Topic => ({
  title: "The sigmoid and its derivative",
  steps: [
    {
      rule: "definition",
      formulas: [math`σ(z) = 1/(1 + e^{-z})`],
      reason: say`$σ$ maps every real number into the open interval from 0 to 1: a gate is never quite shut and never quite open.`,
      numbers: ["preactivations.f", "gates.f"],
    },
    {
      rule: "reciprocal rule, chain rule",
      formulas: [math`σ'(z) = (−1/(1 + e^{-z})^2) (−e^{-z}) = e^{-z}/(1 + e^{-z})^2`],
      reason: say`The derivative of $1/y$ is $−1/y^2$; here $y$ is $1 + e^{-z}$, whose own derivative is $−e^{-z}$. The two minus signs cancel.`,
    },
    {
      rule: "split the fraction",
      formulas: [
        math`1 − σ(z) = e^{-z}/(1 + e^{-z}) = 1/(1 + e^z) = σ(−z)`,
        math`σ'(z) = 1/(1 + e^{-z}) · e^{-z}/(1 + e^{-z}) = σ(z) (1 − σ(z)) = σ(z) σ(−z)`,
      ],
      reason: say`The first factor is $σ(z)$; the second is what $σ(z)$ lacks to 1, and that is $σ(−z)$. The derivative takes the pre-activation $z$ as its argument: $σ'(z)$, never the gate's value.`,
      numbers: ["derivatives.f"],
    },
    {
      rule: "monotonicity, and a bound",
      formulas: [math`0 < σ'(z) ≤ 1/4`],
      reason: say`Both factors are positive, so $σ$ increases strictly: that is what the optimum rests on. Two positive numbers that add up to 1 have a product of at most $1/4$, reached where they are equal, at $z = 0$. Each of the gates f, i and o therefore damps what passes through its derivative at least fourfold.`,
    },
    {
      rule: "symmetry, so that nothing cancels or overflows",
      formulas: [math`σ'(−z) = σ(−z) σ(z) = σ'(z)`, math`σ'(z) = σ'(|z|) = e^{-|z|}/(1 + e^{-|z|})^2`],
      reason: say`All these forms are equal for real numbers; in double arithmetic they are not. Where $z$ is large, $σ(z)$ rounds to 1 (from about $z = 37$ on) and $1 − σ(z)$ to exactly 0, although $σ'(z)$ is about $e^{-z}$; at $z = 36$ hardly a digit of it is left. Where $z$ is very negative (below about −709.8), $e^{-z}$ overflows. With $|z|$ the exponential lies between 0 and 1 and the denominator between 1 and 4: nothing overflows, no two nearly equal numbers are subtracted, and every digit survives until $e^{-|z|}$ itself is below the smallest normal double, from about $|z| = 708$ on.`,
      numbers: ["derivatives.f"],
    },
    {
      rule: "the same for the value",
      formulas: [math`σ(|z|) = 1/(1 + e^{-|z|})`, math`σ(−|z|) = e^{-|z|}/(1 + e^{-|z|})`],
      reason: say`The first gives the gate where $z$ is positive, the second where it is not, because $z$ is then $−|z|$. So a gate that is almost shut keeps its digits as well.`,
      numbers: ["gates.f"],
    },
  ],
});
