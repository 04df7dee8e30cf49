/** Hill climbing: small changes of a cell, kept as long as they bring some entry of a quantity nearer to half an ulp. */
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { compute, measure } from "./measure.ts";
import { type NativeCell, reference } from "./reference.ts";

/** The largest error among the quantities that `belongs` selects, in ulp, that `steps` changes lead to from the cell. */
export function climb(start: NativeCell, belongs: (quantity: string) => boolean, steps: number, seed: number): number {
  const generator = xoroshiro128plus(seed);
  const draw = () => uniformFloat64(generator);
  let cell = start;
  let height = heightOf(cell, belongs);
  for (let k = 0; k < steps; k++) {
    const changed = change(cell, draw);
    const reached = heightOf(changed, belongs);
    if (reached >= height) {
      cell = changed;
      height = reached;
    }
  }
  return height;
}

function heightOf(cell: NativeCell, belongs: (quantity: string) => boolean): number {
  const promised = new Map([...reference(cell)].filter(([quantity]) => belongs(quantity)));
  return Math.max(...[...measure(promised, compute(cell), 0).values()].map(({ worst }) => worst.error));
}

/** A few numbers of the cell, each moved by a few ulps or by up to a tenth. */
function change(cell: NativeCell, draw: () => number): NativeCell {
  const copy = structuredClone(cell);
  const vectors = Object.values(copy).flatMap((value) =>
    Array.isArray(value) ? (value.every(Array.isArray) ? (value as number[][]) : [value as number[]]) : [],
  );
  for (let k = 0; k < 3; k++) {
    const vector = vectors[Math.floor(draw() * vectors.length)];
    vector[Math.floor(draw() * vector.length)] *= 1 + (draw() - 0.5) * 2 ** (-3 - 47 * draw());
  }
  return copy;
}
