/** The second derivatives of dh·h_t + dc·c_t of one unit by z_f, z_i, z_o, z_u and c_{t-1}, in high precision. */
import { byGate, type Gate } from "../lstm/names.ts";
import { type Ball, exact, largest, product, smallest, sum } from "./arithmetic.ts";
import { negate, ONE, timesPowerOfTwo, topOf, upperBound, ZERO } from "./ball.ts";
import * as hyper from "./hyper-dual.ts";
import { UNIT_INPUTS, type UnitInput, type UnitState } from "./unit.ts";

/** A function of one number: its value, first and second derivative. */
interface Curve {
  readonly value: Ball;
  readonly slope: Ball;
  readonly curve: Ball;
}

/** 5 × 5 by rows: the second derivatives, and what the bound allows each of them to be off by. */
export interface UnitHessian {
  readonly values: readonly Ball[];
  readonly allowed: readonly Ball[];
  /** Σ|terms| */
  readonly sizes: readonly Ball[];
}

/** @param dh,dc what h_t and c_t of the unit count in L */
export function unitHessian({ z, c_prev }: UnitState, dh: number, dc: number): UnitHessian {
  const gates = byGate((g) => curveOf(g === "u" ? hyper.tanh : hyper.sigmoid, within(z[g]!)));
  const c = sum(product(gates.f.value, c_prev), product(gates.i.value, gates.u.value));
  const squash = curveOf(hyper.tanh, within(c));
  const along = (a: UnitInput, b: UnitInput): Ball => {
    const at = (g: Gate) => composed(gates[g], oneOf(g, a), oneOf(g, b));
    const memory = { value: c_prev, first: oneOf("c_prev", a), second: oneOf("c_prev", b), mixed: ZERO };
    const c_t = hyper.plus(hyper.times(at("f"), memory), hyper.times(at("i"), at("u")));
    const tanh_c_t = followed(squash, c_t);
    const h_t = hyper.times(at("o"), tanh_c_t);
    return sum(product(exact(dh), h_t.mixed), product(exact(dc), c_t.mixed));
  };
  const sizeOf = termSizes(gates, squash, c_prev, dh, dc);
  const m = sizeOf.m;
  const share = timesPowerOfTwo(sum(ONE, m), 5 - 53);
  const sizes = symmetric(sizeOf.terms);
  return {
    values: symmetric(along),
    allowed: sizes.map((size) => upperBound(product(share, size))),
    sizes,
  };
}

/** 5 × 5 by rows, each pair computed once. */
function symmetric(of: (a: UnitInput, b: UnitInput) => Ball): Ball[] {
  const upper = UNIT_INPUTS.map((a, r) => UNIT_INPUTS.slice(r).map((b) => of(a, b)));
  return UNIT_INPUTS.flatMap((_, r) => UNIT_INPUTS.map((_, c) => upper[Math.min(r, c)][Math.abs(c - r)]));
}

const oneOf = (input: UnitInput, moved: UnitInput) => (input === moved ? ONE : ZERO);

function curveOf(of: (z: hyper.HyperDual) => hyper.HyperDual, z: Ball): Curve {
  const { value, first, mixed } = of({ value: z, first: ONE, second: ONE, mixed: ZERO });
  return { value, slope: first, curve: mixed };
}

/** The function at z, which moves with ε₁ and ε₂ by whole numbers. */
function composed({ value, slope, curve }: Curve, first: Ball, second: Ball): hyper.HyperDual {
  return { value, first: product(slope, first), second: product(slope, second), mixed: product(curve, first, second) };
}

/** The function of a number that moves. */
function followed({ value, slope, curve }: Curve, { first, second, mixed }: hyper.HyperDual): hyper.HyperDual {
  return {
    value,
    first: product(slope, first),
    second: product(slope, second),
    mixed: sum(product(slope, mixed), product(curve, first, second)),
  };
}

const SATURATED = timesPowerOfTwo(ONE, 40);

/** Beyond 2^40 a slope is below 2^(−2^40), whatever doubles it is multiplied with. */
function within(z: Ball): Ball {
  if (topOf(z) <= 40) return z;
  return z.m < 0n ? negate(SATURATED) : SATURATED;
}

/** Σ|terms| of each second derivative, multiplied out; tanh(c_t) counts as min(1, m). */
function termSizes(gates: Readonly<Record<Gate, Curve>>, squash: Curve, c_prev: Ball, dh: number, dc: number) {
  const size = (...factors: Ball[]) => product(ONE, ...factors.map(upperBound));
  const { f, i, o, u } = gates;
  const m = sum(size(f.value, c_prev), size(i.value, u.value));
  const tanh = smallest(ONE, m);
  const [h, c] = [exact(Math.abs(dh)), exact(Math.abs(dc))];
  const through = sum(size(h, o.value, squash.slope), c);
  const bend = size(timesPowerOfTwo(ONE, 1), h, o.value, tanh, squash.slope);
  const byOutput = size(h, o.slope, squash.slope);
  const slopes: Record<Exclude<UnitInput, "o">, Ball> = {
    f: size(c_prev, f.slope),
    i: size(u.value, i.slope),
    u: size(i.value, u.slope),
    c_prev: upperBound(f.value),
  };
  /** ∂²c_t */
  const second = (a: UnitInput, b: UnitInput): Ball => {
    const pair = [a, b].sort().join();
    if (pair === "f,f") return size(c_prev, f.curve);
    if (pair === "i,i") return size(u.value, i.curve);
    if (pair === "u,u") return size(i.value, u.curve);
    if (pair === "i,u") return size(i.slope, u.slope);
    return pair === "c_prev,f" ? upperBound(f.slope) : ZERO;
  };
  const terms = (a: UnitInput, b: UnitInput): Ball => {
    if (a === "o" && b === "o") return size(h, tanh, o.curve);
    if (a === "o" || b === "o") return size(byOutput, slopes[(a === "o" ? b : a) as Exclude<UnitInput, "o">]);
    return sum(size(bend, slopes[a], slopes[b]), size(through, second(a, b)));
  };
  return { m: largest(m, ZERO), terms };
}
