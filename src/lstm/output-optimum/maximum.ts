/** The maximum over the sphere: caps first; where they leave it open, boxes. */
import { intervalScaled, middleOf } from "../../linalg/interval.ts";
import { dot, norm } from "../../linalg/quadratic-on-sphere.ts";
import { exponentOf, LARGEST_EXPONENT } from "../../linalg/scale.ts";
import { boxRegion, meetsSphere, wholeBox } from "./box.ts";
import { capOf, capRegion, faces, halves, unit } from "./cap.ts";
import { Incumbent } from "./incumbent.ts";
import { type Cutting, Search, type Searched } from "./search.ts";
import { pointBox, type SphereProblem } from "./sphere-problem.ts";
import { valueRange } from "./unit-function.ts";

/**
 * How many parts are bounded, caps and boxes in turn until one of them closes the gap: first a few of each, because what is hard for
 * one is easy for the other; in all about one second on the slow machine of the note.
 */
const TURNS = [
  { caps: 3000, boxes: 1500 },
  { caps: 15000, boxes: 20000 },
];

/** The best y with F there, what F does not exceed on the sphere, and whether y is proved to be the only optimum. */
export interface SphereMaximum {
  readonly y: Float64Array;
  /** F(y) from below */
  readonly value: number;
  readonly bound: number;
  readonly isUnique: boolean;
}

export function maximumOnSphere(problem: SphereProblem): SphereMaximum {
  if (problem.dimension === 1) return ofTwoPoints(problem);
  const incumbent = climbed(problem);
  const found = searched(incumbent);
  const { y, exclusions } = incumbent;
  const most = Math.max(found.bound, incumbent.value.hi, ...exclusions.map((one) => one.bound));
  const { lo, hi } = intervalScaled({ lo: incumbent.value.lo, hi: most }, 1 / incumbent.problem.of.magnification);
  return { y, value: lo, bound: hi, isUnique: found.isCleared && exclusions.length === 1 };
}

/** Beyond 2^±100 a value is brought near to 1, in order that no square of it leaves the doubles. */
const FARTHEST = 100;

/** The best of the climbs, of a problem whose value there is neither tiny nor huge. */
function climbed(given: SphereProblem): Incumbent {
  let problem = given;
  for (let round = 0; ; round++) {
    const incumbent = new Incumbent(problem, unit(new Float64Array(problem.dimension).fill(1)));
    for (const start of starts(problem)) incumbent.climbFrom(start);
    const away = exponentOf(incumbent.scale);
    // what is magnified a second time was reached by a climb that the first time allowed
    if (!(Math.abs(away) > FARTHEST) || round === 2) return incumbent;
    const exponent = exponentOf(problem.of.magnification) - away;
    const magnification = 2 ** Math.max(-LARGEST_EXPONENT, Math.min(LARGEST_EXPONENT, exponent));
    if (magnification === problem.of.magnification) return incumbent;
    problem = { ...problem, of: { ...problem.of, magnification } };
  }
}

/** Both ways of cutting, until one has closed the gap: the smaller of their bounds. Only caps clear what is not excluded. */
function searched(incumbent: Incumbent): Searched {
  const caps = new Search(incumbent, capCutting(incumbent));
  const boxes = new Search(incumbent, boxCutting(incumbent));
  let bound = Number.POSITIVE_INFINITY;
  for (const turn of TURNS) {
    const byCaps = caps.run(turn.caps);
    bound = Math.min(bound, byCaps.bound);
    if (bound <= incumbent.aim) return { bound, isCleared: byCaps.isCleared };
    bound = Math.min(bound, boxes.run(turn.boxes).bound);
    if (bound <= incumbent.aim) break;
  }
  return { bound, isCleared: false };
}

/** Where climbs begin: at the middles of the faces, and where each z_g is largest and smallest. */
function starts({ dimension, rows, norms }: SphereProblem): Float64Array[] {
  const axes = faces(dimension).map(({ lo, hi }) => lo.map((low, j) => (low + hi[j]) / 2));
  const ends = rows.filter((_, g) => norms[g] > 0).flatMap(bothWays);
  const steep = rows.filter((_, g) => norms[g] > STEEP).map(unit);
  return [...axes, ...ends, ...steep.flatMap((step) => besideStep(step, rows))];
}

/** A row with which an activation is a step, to climbs: they cannot cross it. */
const STEEP = 2 ** 40;

/** On both sides of a step, where the other z_g are largest and smallest on it. */
function besideStep(step: Float64Array, rows: readonly Float64Array[]): Float64Array[] {
  const along = rows.map((row) => {
    const direction = unit(row);
    const part = dot(direction, step);
    return direction.map((entry, j) => entry - part * step[j]);
  });
  const onStep = along.filter((row) => norm(row) > 2 ** -20).flatMap(bothWays);
  return onStep.flatMap((y) => [2 ** -20, -(2 ** -20)].map((off) => unit(y.map((entry, j) => entry + off * step[j]))));
}

function bothWays(row: Float64Array): Float64Array[] {
  return [unit(row), unit(row.map((entry) => -entry))];
}

function capCutting(incumbent: Incumbent): Cutting {
  const { problem } = incumbent;
  return {
    roots: faces(problem.dimension),
    region: (part) => {
      const cap = capOf(part);
      return incumbent.excludes(cap) ? null : capRegion(problem, cap);
    },
    split: (part) => halves(part),
    forUniqueness: 1000,
  };
}

function boxCutting(incumbent: Incumbent): Cutting {
  const { problem } = incumbent;
  return {
    roots: [wholeBox(problem.dimension)],
    region: (part) => (meetsSphere(part) ? boxRegion(problem, part, incumbent.y) : null),
    split: (part, looseness) => halves(part, loosestAxis(part, looseness)),
    forUniqueness: 0,
  };
}

/** The axis along which the majorant gives most away. */
function loosestAxis(
  { lo, hi }: { lo: Float64Array; hi: Float64Array },
  looseness: Float64Array | null,
): number | undefined {
  if (looseness === null) return undefined;
  const given = looseness.map((d, j) => d * (hi[j] - lo[j]) ** 2);
  const most = Math.max(...given);
  return most > 0 ? given.indexOf(most) : undefined;
}

/** In one dimension the sphere is y = ±1. */
function ofTwoPoints(problem: SphereProblem): SphereMaximum {
  const [low, high] = [-1, 1].map((end) => {
    const y = Float64Array.of(end);
    return { y, value: valueRange(problem.of, pointBox(problem, y)) };
  });
  const [best, other] = middleOf(low.value) > middleOf(high.value) ? [low, high] : [high, low];
  const bound = Math.max(best.value.hi, other.value.hi);
  return { y: best.y, value: best.value.lo, bound, isUnique: other.value.hi < best.value.lo };
}
