/** Central differences of one unit of one step, in as many digits as it takes. */
import type { Gate, Output } from "../lstm/names.ts";
import type { Decimal } from "./arithmetic.ts";
import { Neighbourhood } from "./neighbourhood.ts";

/** Where a unit stands: the pre-activations of the gates that the cell has, and c_{t-1}. */
export interface UnitState {
  readonly z: Readonly<Partial<Record<Gate, Decimal>>>;
  readonly c_prev: Decimal;
}

/** How the pre-activations and c_{t-1} move together; what is not there stands still. */
export type Direction = Readonly<Partial<Record<Gate | "c_prev", Decimal>>>;

export type UnitOutputs = Readonly<Partial<Record<Output, Decimal>>>;

/** The shifts of all that is moved are at most 10⁻²⁰, so that the truncation error, their square, is below 10⁻³⁸. */
const STEP_DIGITS = 20;
/** Digits that the difference shall keep, and a few that rounding takes. */
const KEPT_DIGITS = 40;

export class Unit {
  readonly #state: UnitState;
  readonly #digits: number;
  readonly #neighbourhoods = new Map<number, Neighbourhood>();

  constructor(state: UnitState) {
    this.#state = state;
    this.#digits = STEP_DIGITS + KEPT_DIGITS + cancelledDigits(state);
  }

  /** The outputs themselves. */
  values(): UnitOutputs {
    return this.#around(this.#digits).at({});
  }

  /** (F(+δ) − F(−δ))/2δ along the direction for every output F; empty where nothing moves: each of them is zero. */
  difference(direction: Direction): UnitOutputs {
    const exponents = Object.values(direction).flatMap((d) => (d.isZero() ? [] : [d.e]));
    if (exponents.length === 0) return {};
    const largest = Math.max(...exponents);
    const { c_prev } = this.#state;
    const growth = c_prev.isZero() ? 0 : Math.max(0, c_prev.e + 1);
    // a gate that moves little beside another loses as many digits more
    const spread = Math.min(MOST_DIGITS, growth + largest - Math.min(...exponents));
    return this.#around(this.#digits + spread).difference(direction, -STEP_DIGITS - largest - 1 - growth);
  }

  #around(digits: number): Neighbourhood {
    const rounded = 20 * Math.ceil(digits / 20);
    const found = this.#neighbourhoods.get(rounded) ?? new Neighbourhood(this.#state, rounded);
    this.#neighbourhoods.set(rounded, found);
    return found;
  }
}

/** Beyond so many digits a derivative is far below the doubles, whatever it is multiplied with. */
const MOST_DIGITS = 700;

/** How many digits its smallest response may lie below an output: what a saturated gate cancels, and small factors. */
function cancelledDigits({ z, c_prev }: UnitState): number {
  const rough = (value: Decimal | undefined) => value?.toNumber() ?? 0;
  const saturation = Math.abs(rough(z.f)) + Math.abs(rough(z.i)) + Math.abs(rough(z.o)) + 2 * Math.abs(rough(z.u));
  const smallness = (value: Decimal | undefined) => (!value || value.isZero() ? 0 : Math.max(0, -value.e));
  const c = Math.abs(rough(c_prev)) / (1 + Math.exp(-rough(z.f))) + 1;
  const digits = (saturation + 2 * c) / Math.LN10 + smallness(z.u) + smallness(c_prev);
  return Math.ceil(Math.min(MOST_DIGITS, digits));
}
