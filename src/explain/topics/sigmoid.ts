import { decay, exp, sigma, sigmaPrime } from "../../lstm/letters.ts";
import {
  absolute,
  chain,
  dot,
  equals,
  fraction,
  minus,
  negative,
  parentheses,
  product,
  sup,
} from "../../notation/formula.ts";
import { onePlus, sigmoidSlope, square } from "../slopes.ts";
import { say, type Topic } from "../topic.ts";

const z = "z";
const minusZ = negative(z);
/** e^{-z} */
const shut = exp(minusZ);

/** σ' = σ(1 − σ) from the definition, and why e^{-|z|}/(1 + e^{-|z|})² is what is computed. */
export const sigmoid: Topic = {
  name: "sigmoid",
  title: "The sigmoid and its derivative",
  steps: [
    {
      rule: "definition",
      formulas: [equals(sigma(z), fraction(1, onePlus(shut)))],
      reason: say`${"σ"} maps every real number into the open interval from 0 to 1: a gate is never quite shut and never quite open.`,
      numbers: ["preactivations.f", "gates.f"],
    },
    {
      rule: "reciprocal rule, chain rule",
      formulas: [
        equals(
          sigmaPrime(z),
          product(negative(fraction(1, square(onePlus(shut)))), parentheses(negative(shut))),
          fraction(shut, square(onePlus(shut))),
        ),
      ],
      reason: say`The derivative of ${fraction(1, "y")} is ${negative(fraction(1, sup("y", 2)))}; here ${"y"} is ${onePlus(shut)}, whose own derivative is ${negative(shut)}. The two minus signs cancel.`,
    },
    {
      rule: "split the fraction",
      formulas: [
        equals(minus(1, sigma(z)), fraction(shut, onePlus(shut)), fraction(1, onePlus(exp(z))), sigma(minusZ)),
        equals(
          sigmaPrime(z),
          dot(fraction(1, onePlus(shut)), fraction(shut, onePlus(shut))),
          product(sigma(z), parentheses(minus(1, sigma(z)))),
          product(sigma(z), sigma(minusZ)),
        ),
      ],
      reason: say`The first factor is ${sigma(z)}; the second is what ${sigma(z)} lacks to 1, and that is ${sigma(minusZ)}. The derivative takes the pre-activation ${"z"} as its argument: ${sigmaPrime(z)}, never the gate's value.`,
      numbers: ["derivatives.f"],
    },
    {
      rule: "monotonicity, and a bound",
      formulas: [chain(0, ["<", sigmaPrime(z)], ["≤", fraction(1, 4)])],
      reason: say`Both factors are positive, so ${"σ"} increases strictly: that is what the optimum rests on. Two positive numbers that add up to 1 have a product of at most ${fraction(1, 4)}, reached where they are equal, at ${equals("z", 0)}. Each of the gates f, i and o therefore damps what passes through its derivative at least fourfold.`,
    },
    {
      rule: "symmetry, so that nothing cancels or overflows",
      formulas: [
        equals(sigmaPrime(minusZ), product(sigma(minusZ), sigma(z)), sigmaPrime(z)),
        equals(sigmaPrime(z), sigmaPrime(absolute(z)), sigmoidSlope(z)),
      ],
      reason: say`All these forms are equal for real numbers; in double arithmetic they are not. Where ${"z"} is large, ${sigma(z)} rounds to 1 (from about ${equals("z", 37)} on) and ${minus(1, sigma(z))} to exactly 0, although ${sigmaPrime(z)} is about ${shut}; at ${equals("z", 36)} hardly a digit of it is left. Where ${"z"} is very negative (below about −709.8), ${shut} overflows. With ${absolute(z)} the exponential lies between 0 and 1 and the denominator between 1 and 4: nothing overflows, no two nearly equal numbers are subtracted, and every digit survives until ${decay("z")} itself is below the smallest normal double, from about ${equals(absolute("z"), 708)} on.`,
      numbers: ["derivatives.f"],
    },
    {
      rule: "the same for the value",
      formulas: [
        equals(sigma(absolute(z)), fraction(1, onePlus(decay(z)))),
        equals(sigma(negative(absolute(z))), fraction(decay(z), onePlus(decay(z)))),
      ],
      reason: say`The first gives the gate where ${"z"} is positive, the second where it is not, because ${"z"} is then ${negative(absolute(z))}. So a gate that is almost shut keeps its digits as well.`,
      numbers: ["gates.f"],
    },
  ],
};
