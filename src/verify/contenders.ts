/** The entries of a quantity that may be its worst by one of the measures, as far as estimates tell. */
import { ABOVE, CLOSE, type Estimate, type Estimates, unitInFirstPlace } from "./estimate.ts";
import type { Place } from "./place.ts";
import type { Expected } from "./promise.ts";

/** An entry that is still to be judged. */
export interface Contender {
  /** The more, the later it came. */
  readonly order: number;
  readonly place: Place;
  readonly got: number;
  readonly exactly: () => Expected;
}

/** What is reported of an error: itself, its shares of the number, of an ulp, and of what is allowed. */
type Measures = readonly [absolute: number, relative: number, ulp: number, share: number];

const [ABSOLUTE, RELATIVE, ULP, SHARE] = [0, 1, 2, 3] as const;
const NONE: Measures = [0, 0, 0, 0];

export class Contenders {
  /** What the worst entries so far have at least. */
  readonly #least: [...Measures] = [-1, -1, -1, -1];
  readonly #open: { readonly contender: Contender; readonly most: Measures }[] = [];
  #passed = 0;

  /** The entries that were told to be nobody's worst. */
  get passed(): number {
    return this.#passed;
  }

  /** Whether an entry is less remarkable than those before it by every measure: then it is done with. */
  passes(got: number, { hi, lo, error, allowed }: Estimates, k: number): boolean {
    const high = hi[k];
    const own = error[k];
    const least = this.#least;
    const size = Math.abs(high) / ABOVE;
    const half = unitInFirstPlace(size) * 2 ** -53;
    const limit = allowed === null ? half : allowed[k];
    const apart = got - high;
    const most = (Math.abs(apart - lo[k]) + own + Math.abs(apart) * 2 ** -52) * ABOVE;
    // where an error is not known nothing compares; zero, as it has to be, is less than anything
    const isLess =
      high === 0 && own === 0
        ? got === 0 && least[SHARE] >= 0
        : isKnown(own, size, limit, allowed === null) &&
          most < least[ABSOLUTE] &&
          most < least[RELATIVE] * size &&
          most < least[ULP] * 2 * half &&
          most * ABOVE < least[SHARE] * limit;
    if (isLess) this.#passed += 1;
    return isLess;
  }

  /** Takes an entry that did not pass; false where its estimate does not do, and it is to be judged at once. */
  takes(contender: Contender, { hi, lo, error, allowed }: Estimate): boolean {
    const { got } = contender;
    if (hi === 0 && error === 0) return got === 0 && this.#keep(contender, NONE, NONE);
    const size = Math.abs(hi) / ABOVE;
    // of the binades below and above, next to a power of two
    const [below, above] = [size, size * ABOVE * ABOVE].map((near) => unitInFirstPlace(near) * 2 ** -53);
    if (!isKnown(error, size, allowed ?? below, allowed === null)) return false;
    const apart = got - hi;
    const unsure = error + Math.abs(apart) * 2 ** -52;
    const most = (Math.abs(apart - lo) + unsure) * ABOVE;
    const least = Math.max(0, Math.abs(apart - lo) - unsure) / ABOVE;
    return this.#keep(
      contender,
      [most, most / size, most / (2 * below), (most * ABOVE) / (allowed ?? below)],
      [least, least / (size * ABOVE * ABOVE), least / (2 * above), least / ((allowed ?? above) * ABOVE)],
    );
  }

  #keep(contender: Contender, most: Measures, least: Measures): true {
    this.#open.push({ contender, most });
    for (const [k, measure] of least.entries()) this.#least[k] = Math.max(this.#least[k], measure);
    return true;
  }

  /** Those that may be the worst, in order, which are no longer kept; all others are passed. */
  takeOut(): readonly Contender[] {
    const left = this.#open.filter(({ most }) => most.some((measure, k) => measure >= this.#least[k]));
    this.#passed += this.#open.length - left.length;
    this.#open.length = 0;
    return left.map(({ contender }) => contender);
  }
}

/** Whether the number is told well enough beside its size and what is allowed, to which its error is added where that is not half an ulp. */
function isKnown(error: number, size: number, limit: number, isOnce: boolean): boolean {
  return error <= size * CLOSE && error < limit * (isOnce ? 2 ** -22 : CLOSE);
}
