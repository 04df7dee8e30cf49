/** Central differences of one unit of one step, in as many digits as it takes. */
import type { Gate, Output } from "../lstm/names.ts";
import { arithmetic, type Decimal } from "./arithmetic.ts";
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
const LEAST_STEP_DIGITS = 20;
/** Where many digits are carried anyway, a smaller step saves terms of the series: so much of them. */
const STEP_SHARE = 1 / 4;
/** Digits that the difference shall keep, and a few that rounding takes. */
const KEPT_DIGITS = 40;
/** Gates whose weights lie further apart, in powers of ten, are moved one by one: a hundred digits cost seconds. */
const MOST_SPREAD = 40;

export class Unit {
  readonly #state: UnitState;
  /** The step is 10 to minus that. */
  readonly #step: number;
  readonly #digits: number;
  readonly #neighbourhoods = new Map<number, Neighbourhood>();

  constructor(state: UnitState) {
    this.#state = state;
    const cancelled = cancelledDigits(state);
    this.#step = Math.max(LEAST_STEP_DIGITS, Math.ceil(STEP_SHARE * cancelled));
    this.#digits = this.#step + KEPT_DIGITS + cancelled;
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
    // a gate that moves little beside another loses as many digits more
    const spread = largest - Math.min(...exponents);
    if (spread > MOST_SPREAD) return this.#sumOfDifferences(direction);
    const { c_prev } = this.#state;
    const growth = c_prev.isZero() ? 0 : Math.max(0, c_prev.e + 1);
    return this.#around(this.#digits + growth + spread).difference(direction, -this.#step - largest - 1 - growth);
  }

  /** The same, moving along one axis at a time: to first order, which is all that is asked for, it adds up. */
  #sumOfDifferences(direction: Direction): UnitOutputs {
    const P = arithmetic(LEAST_STEP_DIGITS + KEPT_DIGITS);
    const sum: Partial<Record<Output, Decimal>> = {};
    for (const [key, d] of Object.entries(direction)) {
      for (const [of, response] of Object.entries(this.difference({ [key]: d })) as [Output, Decimal][]) {
        sum[of] = sum[of] ? P.add(sum[of], response) : response;
      }
    }
    return sum;
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
