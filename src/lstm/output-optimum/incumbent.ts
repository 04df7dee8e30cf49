/** The best point that was found so far, and the caps in which there is no other one. */
import type { Interval } from "../../linalg/interval.ts";
import { middleOf } from "../../linalg/interval.ts";
import { ascend } from "./ascent.ts";
import { angleOf, type Cap, distance } from "./cap.ts";
import { type Exclusion, excludedAbout } from "./exclusion.ts";
import { pointBox, type SphereProblem } from "./sphere-problem.ts";
import { scaleAt, valueRange } from "./unit-function.ts";

/** The gap at which the search ends, relative to the scale of the value. */
const TOLERANCE = 4e-13;

export class Incumbent {
  readonly problem: SphereProblem;
  y: Float64Array;
  /** F(y), from below and from above */
  value: Interval;
  /** A bound at which the search may end. */
  aim = Number.POSITIVE_INFINITY;
  #exclusions: Exclusion[] = [];

  constructor(problem: SphereProblem, start: Float64Array) {
    this.problem = problem;
    this.y = start;
    this.value = valueRange(problem.of, pointBox(problem, start));
    this.climbFrom(start);
  }

  /** Climbs from a point of the sphere that is better than the best one. */
  offer(y: Float64Array, value: Interval): void {
    if (middleOf(value) > middleOf(this.value)) this.climbFrom(y);
  }

  /** Climbs from a point of the sphere to a critical one, which becomes the best if it is, and has a cap excluded about it. */
  climbFrom(start: Float64Array): void {
    const { y, value } = ascend(this.problem, start);
    if (middleOf(value) >= middleOf(this.value)) this.#take(y, value);
    if (value.hi >= this.value.lo) this.#exclude(y);
  }

  /** The exclusions that may hold the maximum. */
  get exclusions(): readonly Exclusion[] {
    return this.#exclusions.filter(({ bound }) => bound >= this.value.lo);
  }

  /** Whether a cap lies wholly within one of those. */
  excludes({ centre, chord }: Cap): boolean {
    return this.#exclusions.some(
      (one) => angleOf(distance(centre, one.centre)) + angleOf(chord) < angleOf(one.chord) - 2 ** -44,
    );
  }

  /** What the gap is measured by. */
  get scale(): number {
    return scaleAt(this.problem.of, pointBox(this.problem, this.y));
  }

  #take(y: Float64Array, value: Interval): void {
    this.y = y;
    this.value = value;
    this.aim = value.hi + TOLERANCE * this.scale;
  }

  #exclude(y: Float64Array): void {
    if (this.excludes({ centre: y, chord: 0 })) return;
    const found = excludedAbout(this.problem, y, this.aim);
    if (found !== null) this.#exclusions.push(found);
  }
}
