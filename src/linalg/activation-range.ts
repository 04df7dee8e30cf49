/**
 * σ and tanh with their first two derivatives, over an interval.
 *
 *     σ' = E/(1 + E)²    σ'' = −σ'·tanh(z/2)    E = e^{-|z|}          tanh'(z) = 4σ'(2z)    tanh''(z) = 8σ''(2z)
 *
 * so that saturation costs no digits. `Math.exp` and `Math.tanh` are taken to be within 2 ulp (those of fdlibm, which
 * engines use, are within 1); the ends are moved out by 16ε for that and for the few roundings after it.
 */
import { type Interval, intervalMultiple, widened, withUnderflow, ZERO_INTERVAL } from "./interval.ts";

/** The ranges of a function, its derivative and its second derivative. */
export interface ActivationRange {
  readonly value: Interval;
  readonly first: Interval;
  readonly second: Interval;
}

/** 16ε */
const ROUNDING = 2 ** -49;

/** Where σ'' is least and largest: ±ln(2 + √3), by its derivative; its size there is √3/18. */
const TURN = Math.log(2 + Math.sqrt(3));
const LARGEST_SECOND = Math.sqrt(3) / 18;

/** Beyond, σ' and σ'' are so small that no product of two doubles makes them a double other than zero. */
const VANISHED = 3000;

export function sigmoidRange({ lo, hi }: Interval): ActivationRange {
  const a = at(lo);
  const b = lo === hi ? a : at(hi);
  const within = (z: number) => lo <= z && z <= hi;
  const largest = lo <= 0 && hi >= 0 ? 0.25 : Math.max(a.first, b.first);
  const up = within(-TURN) ? LARGEST_SECOND : Math.max(a.second, b.second);
  const down = within(TURN) ? -LARGEST_SECOND : Math.min(a.second, b.second);
  if (lo > VANISHED || hi < -VANISHED)
    return { value: sigmoidValues({ lo, hi }), first: ZERO_INTERVAL, second: ZERO_INTERVAL };
  // tanh(z/2) near zero is known absolutely, thus σ'' by a share of σ'
  const margin = ROUNDING * largest;
  return {
    value: withUnderflow(widened(a.value, b.value, ROUNDING)),
    first: withUnderflow(widened(Math.min(a.first, b.first), largest, ROUNDING)),
    second: withUnderflow({ lo: down - margin, hi: up + margin }),
  };
}

/** Of S(x) = s·tanh(x/s), s a power of two: arguments that are tiny are kept among the normal doubles as xs. */
export function tanhRange({ lo, hi }: Interval, stretch = 1): ActivationRange {
  const { first, second } = sigmoidRange({ lo: (2 / stretch) * lo, hi: (2 / stretch) * hi });
  return {
    value: tanhValues({ lo, hi }, stretch),
    first: intervalMultiple(4, first),
    second: intervalMultiple(8 / stretch, second),
  };
}

/** σ alone, which grows. */
export function sigmoidValues({ lo, hi }: Interval): Interval {
  return withUnderflow(widened(at(lo).value, at(hi).value, ROUNDING));
}

/** S alone. */
export function tanhValues({ lo, hi }: Interval, stretch = 1): Interval {
  const ends = { lo: stretchedTanh(lo, stretch), hi: stretchedTanh(hi, stretch) };
  return lo === 0 && hi === 0 ? ZERO_INTERVAL : withUnderflow(widened(ends.lo, ends.hi, ROUNDING));
}

/** s·tanh(x/s); x/s may be subnormal, and tanh is within its third power of it. */
function stretchedTanh(x: number, stretch: number): number {
  return Math.abs(x / stretch) < 2 ** -100 ? x : stretch * Math.tanh(x / stretch);
}

/** σ, σ' and σ'' at a point. */
function at(z: number) {
  const E = Math.exp(-Math.abs(z));
  const whole = 1 + E;
  const first = E / (whole * whole);
  return { value: (z > 0 ? 1 : E) / whole, first, second: (Math.sign(-z) * first * (1 - E)) / whole };
}
