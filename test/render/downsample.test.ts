import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blockSize, downsample } from "../../src/render/downsample.ts";

describe("downsample", () => {
  test("keeps of each block the entry of the largest magnitude, with its sign", () => {
    const data = Float64Array.of(1, -3, 2, 0, 0, 0.5, -7, 6, 5);
    expect([...downsample({ rows: 3, cols: 3, data }, 2, 2).data]).toEqual([-3, 2, -7, 5]);
  });

  test("loses neither the largest entry nor the smallest, whatever the blocks", () => {
    const size = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(
        size,
        size,
        size,
        size,
        fc.infiniteStream(fc.integer({ min: -99, max: 99 })),
        (r, c, down, across, stream) => {
          const data = Float64Array.from({ length: r * c }, () => stream.next().value);
          const small = downsample({ rows: r, cols: c, data }, down, across);
          expect([small.rows, small.cols]).toEqual([Math.ceil(r / down), Math.ceil(c / across)]);
          const most = (values: Float64Array) => Math.max(...values.map(Math.abs));
          expect(most(small.data)).toBe(most(data));
        },
      ),
    );
  });

  test("takes blocks just large enough", () => {
    expect([1, 64, 65, 128, 129].map((count) => blockSize(count, 64))).toEqual([1, 1, 2, 2, 3]);
  });
});
