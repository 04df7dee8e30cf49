import { expect, test } from "vitest";
import { parseCell } from "../../../src/input/parse-cell.ts";
import { spectralNorm } from "../../../src/linalg/spectral-norm.ts";
import { sequenceResult } from "../../../src/lstm/results/sequence.ts";
import { sequenceWrtX } from "../../../src/lstm/results/sequence-inputs.ts";
import { forgetTimeScales, sequencePicture } from "../../../src/lstm/results/sequence-picture.ts";
import { fixture } from "../../helpers/fixtures.ts";

const cell = parseCell(fixture("sequence.json"));
const steps = cell.x!.rows;
const picture = sequencePicture(cell, steps, () => undefined);

test("the reach of a unit is the norm of its two columns of the Jacobian of the rest", () => {
  const n = cell.hiddenSize;
  expect([picture.reach.rows, picture.reach.cols]).toEqual([n, steps]);
  for (const from of [0, 2, steps - 1]) {
    const { jacobian, exponent2 } = sequenceResult(cell, { from, to: steps });
    for (let d = 0; d < n; d++) {
      const blocks = [jacobian.h_T.h_0, jacobian.h_T.c_0, jacobian.c_T.h_0, jacobian.c_T.c_0];
      const column = (k: number) => Array.from({ length: n }, (_, r) => blocks[k]!.data[r * n + d]!);
      const data = Float64Array.from(
        [0, 2].flatMap((k) => column(k).flatMap((entry, r) => [entry, column(k + 1)[r]!])),
      );
      const { value, exponent } = spectralNorm({ rows: 2 * n, cols: 2, data })!;
      const expected = Math.log10(value) + (exponent + exponent2) * Math.log10(2);
      expect(picture.reach.data[d * steps + from]).toBeCloseTo(expected, 9);
    }
  }
});

test("the norms by the inputs are those that --wrt x prints", () => {
  const { input_jacobian: inputs } = sequenceWrtX(cell, { from: 0, to: steps }, "norms");
  expect(picture.inputs!.map(({ t }) => t)).toEqual(inputs.map(({ t }) => t));
  picture.inputs!.forEach(({ h_T_log10, c_T_log10 }, k) => {
    expect(h_T_log10!).toBeCloseTo(inputs[k]!.h_T_log10!, 12);
    expect(c_T_log10!).toBeCloseTo(inputs[k]!.c_T_log10!, 12);
  });
});

test("the time scales are those of every unit at every step", () => {
  const scales = forgetTimeScales(picture);
  expect(scales).toHaveLength(steps * cell.hiddenSize);
  const largest = Math.max(...picture.flow.map(({ forget_time_scale }) => forget_time_scale.largest!));
  expect(10 ** Math.max(...scales)).toBeCloseTo(largest, 9);
});
