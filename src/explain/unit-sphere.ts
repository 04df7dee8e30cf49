/** Unit d of the forget gate over the unit sphere of h = h_{t-1}, as formulas. */
import { math } from "../notation/read-formula.ts";

export const BEST_VECTOR = math`h^∗ = U_f^(d)/‖U_f^(d)‖_2`;

export const LARGEST_GATE = math`max_{‖h‖_2 = 1} f_t^(d)(h) = σ({W_f^(d) x_t + b_f^(d)} + ‖U_f^(d)‖_2)`;
