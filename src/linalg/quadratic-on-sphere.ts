/**
 * The largest value of a quadratic function on a part of the unit sphere, from above: a trust-region problem, of which every
 * multiplier gives a bound and the best one the maximum.
 * Source: D. C. Sorensen, "Newton's method with a model trust region modification", SIAM J. Numer. Anal. 19 (1982);
 * A. R. Conn, N. I. M. Gould, P. L. Toint, Trust-Region Methods (2000), §7.
 */
import { type Eigensystem, symmetricEigensystem } from "./symmetric-eigen.ts";

/** q(s) = g·s + ½ sᵀHs for s = y − c, where ‖y‖ = 1 and ‖s‖ ≤ radius. */
export interface QuadraticOnSphere {
  /** c [k], itself on the sphere or not */
  readonly centre: Float64Array;
  /** g [k], and how far it may be off, in norm */
  readonly gradient: Float64Array;
  readonly gradientError: number;
  /** H [k × k], and how far it may be off, in norm */
  readonly hessian: Float64Array;
  readonly hessianError: number;
  /** Infinity for the whole sphere */
  readonly radius: number;
}

/** A bound of the maximum with the multipliers that gave it, and the s that is best by them. */
export interface QuadraticBound {
  readonly bound: number;
  /** λ of ‖y‖ = 1, and τ ≥ λ by which H is exceeded: τ − λ is the multiplier of ‖s‖ ≤ radius */
  readonly lambda: number;
  readonly tau: number;
  /** the largest eigenvalue of H with its error */
  readonly curvature: number;
  readonly step: Float64Array;
}

/** The logarithm of τ then lies within a thousandth, and a bound changes by the square of that. */
const HALVINGS = 16;

/**
 * With 2c·s + ‖s‖² = η = 1 − ‖c‖² on the sphere and ‖s‖ ≤ r, for every λ ≤ τ with τI − H positive definite,
 *
 *     q(s) ≤ ½ (g − λc)ᵀ(τI − H)⁻¹(g − λc) + ½λη + ½(τ − λ)r²
 *
 * λ is the best for its τ in closed form; the rest is convex in τ, whose logarithm above the largest eigenvalue is halved in.
 * @param enough a bound below this one need not be the best
 */
export function boundOnSphere(problem: QuadraticOnSphere, enough = Number.NEGATIVE_INFINITY): QuadraticBound {
  const { centre, gradient, hessian, radius } = problem;
  const k = centre.length;
  const eigen = symmetricEigensystem(hessian, k);
  const size = norm(hessian) + problem.hessianError;
  const dual = new Dual(problem, eigen, size);
  // where c is critical, τ = g·c leaves nothing
  let tau = dot(gradient, centre);
  dual.set(tau);
  let { bound, lambda } = dual;
  let low = Math.log2(Math.max(size, Number.MIN_VALUE)) - 50;
  let high = Math.log2(size + (norm(gradient) + dual.slack) * (1 + (radius > 0 ? 1 / radius : 0))) + 2;
  for (let pass = 0; pass < HALVINGS && bound >= enough; pass++) {
    const middle = (low + high) / 2;
    const at = dual.curvature + 2 ** middle;
    dual.set(at);
    if (dual.bound < bound) {
      tau = at;
      ({ bound, lambda } = dual);
    }
    if (dual.slope < 0) low = middle;
    else high = middle;
  }
  return { bound, lambda, tau, curvature: dual.curvature, step: dual.step(tau, lambda) };
}

/** The bound as a function of τ. */
class Dual {
  /** The bound for the τ that was set last, its derivative by τ, and the best λ. */
  bound = 0;
  slope = 0;
  lambda = 0;
  readonly curvature: number;
  /** What the parts of g and c along an eigenvector may be off by, for λ = 0; for others in proportion. */
  readonly slack: number;
  readonly #g: Float64Array;
  readonly #c: Float64Array;
  readonly #values: Float64Array;
  readonly #vectors: Float64Array;
  readonly #eta: number;
  readonly #square: number;

  constructor(problem: QuadraticOnSphere, { values, vectors }: Eigensystem, size: number) {
    const { centre, gradient, radius } = problem;
    const k = centre.length;
    this.#vectors = vectors;
    // the majorant Λ + error: V is orthogonal but for a few ε
    const error = problem.hessianError + 32 * k * 2 ** -53 * size;
    this.#values = values.map((value) => value + error);
    this.curvature = Math.max(...this.#values);
    this.#g = alongColumns(vectors, gradient);
    this.#c = alongColumns(vectors, centre);
    this.slack = problem.gradientError + 16 * k * 2 ** -53 * norm(gradient);
    this.#eta = 1 - dot(centre, centre);
    this.#square = radius * radius * (1 + 2 ** -50);
  }

  /** Sets bound, slope and lambda for a τ. */
  set(tau: number): void {
    this.bound = Number.POSITIVE_INFINITY;
    this.slope = -1;
    this.lambda = tau;
    if (!(tau > this.curvature)) return;
    const lambda = this.#bestLambda(tau);
    const isWhole = lambda === tau;
    const off = this.slack + 16 * this.#c.length * 2 ** -53 * Math.abs(lambda);
    let bound = lambda * this.#eta + 8 * 2 ** -53 * Math.abs(lambda) * (2 + Math.abs(this.#eta));
    if (!isWhole) bound += (tau - lambda) * this.#square;
    let slope = isWhole ? this.#eta : this.#square;
    for (let j = 0; j < this.#g.length; j++) {
      const part = this.#g[j] - lambda * this.#c[j];
      const above = tau - this.#values[j];
      const size = Math.abs(part) + off;
      bound += (size * size) / above;
      slope -= (part / above) * (part / above);
      if (isWhole) slope -= (2 * this.#c[j] * part) / above;
    }
    this.bound = (bound / 2) * (1 + 2 ** -48);
    this.slope = slope;
    this.lambda = lambda;
  }

  /** s = (τI − H)⁻¹(g − λc) */
  step(tau: number, lambda: number): Float64Array {
    const k = this.#g.length;
    const out = new Float64Array(k);
    for (let j = 0; j < k; j++) {
      const along = (this.#g[j] - lambda * this.#c[j]) / (tau - this.#values[j]);
      for (let i = 0; i < k; i++) out[i] += along * this.#vectors[i * k + j];
    }
    return out;
  }

  /** The bound is a parabola in λ. */
  #bestLambda(tau: number): number {
    if (this.#square === Number.POSITIVE_INFINITY) return tau;
    let [a, b] = [0, 0];
    for (let j = 0; j < this.#g.length; j++) {
      const above = tau - this.#values[j];
      a += (this.#c[j] * this.#c[j]) / above;
      b += (this.#g[j] * this.#c[j]) / above;
    }
    const lambda = (b - (this.#eta - this.#square) / 2) / a;
    return lambda < tau ? lambda : tau;
  }
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

export function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

/** Vᵀx */
function alongColumns(V: Float64Array, x: Float64Array): Float64Array {
  const k = x.length;
  const out = new Float64Array(k);
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) out[j] += V[i * k + j] * x[i];
  return out;
}
