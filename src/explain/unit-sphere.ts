/** Unit d of the forget gate over the unit sphere of h = h_{t-1}, as formulas. */

import { ofUnit, sigma, x_t } from "../lstm/letters.ts";
import { apply, equals, fraction, large, norm, product, sum, sup } from "../notation/formula.ts";

export const h = "h";
/** h* */
export const best = sup(h, "∗");
/** Row d of U_f. */
export const U_d = ofUnit("U", "f");
/** What of z_f^(d) does not depend on h. */
export const constant = sum(product(ofUnit("W", "f"), x_t), ofUnit("b", "f"));
export const f_d = ofUnit("f", "t");

/** `h* = U_f^(d)/‖U_f^(d)‖₂` */
export const BEST_VECTOR = equals(best, fraction(U_d, norm(U_d, 2)));

/** `max_{‖h‖₂ = 1} f_t^(d)(h) = σ(W_f^(d) x_t + b_f^(d) + ‖U_f^(d)‖₂)` */
export const LARGEST_GATE = equals(
  large("max", equals(norm(h, 2), 1), apply(f_d, h)),
  sigma(sum(constant, norm(U_d, 2))),
);
