import { describe, expect, test } from "vitest";
import { parseCell } from "../../../src/input/parse-cell.ts";
import type { Matrix } from "../../../src/linalg/matrix.ts";
import { jacobian } from "../../../src/lstm/jacobian.ts";
import { backwardResult } from "../../../src/lstm/results/backward.ts";
import type { Spectrum } from "../../../src/lstm/results/records.ts";
import { sequenceResult } from "../../../src/lstm/results/sequence.ts";
import { type InputDetail, sequenceLinesWrtX, sequenceWrtX } from "../../../src/lstm/results/sequence-inputs.ts";
import { traceAt, unroll } from "../../../src/lstm/unroll.ts";
import { fixture } from "../../helpers/fixtures.ts";
import { goldens, type Nested, plain, requireClose } from "../../helpers/goldens.ts";
import { rowsOf } from "../../helpers/matrices.ts";
import { fadingUnit, type NativeSequence, randomSequence } from "../../helpers/sequences.ts";

const wrtX = (native: NativeSequence, detail: InputDetail = "entries", from = 0) => {
  const cell = parseCell(native);
  return sequenceWrtX(cell, { from, to: cell.x!.rows }, detail);
};

const entriesOf = (result: ReturnType<typeof wrtX>) =>
  result.input_jacobian.map(({ t, h_T, c_T, exponent2 }) => {
    expect(exponent2).toBe(0);
    return { t, h_T, c_T };
  });

interface Run {
  readonly input_jacobian: Nested;
  readonly singular_log10: number[];
  readonly eigenvalues: { re: number; im: number }[];
}

describe("against other programs", () => {
  const { runs } = fixture<{ runs: Run[] }>("golden/inputs-pytorch.json");
  test.each(goldens("sequence-pytorch").map((golden, k) => ({ ...golden, run: runs[k]! })))(
    "PyTorch's autograd and numpy: $title",
    ({ cell: native, run }) => {
      const result = wrtX(native as NativeSequence);
      requireClose(plain(entriesOf(result)), run.input_jacobian, "input_jacobian");
      run.singular_log10.forEach((value, k) => {
        expect(Math.abs(result.singular_log10[k]! - value)).toBeLessThan(1e-6);
      });
      // sorted as ours are; numpy's of the same size as rounding are not compared
      const scale = Math.hypot(run.eigenvalues[0]!.re, run.eigenvalues[0]!.im);
      const sizes = run.eigenvalues.map(({ re, im }) => Math.hypot(re, im)).sort((a, b) => b - a);
      result.eigenvalues.forEach(({ re, im }, k) => {
        expect(Math.abs(Math.hypot(re!, im!) - sizes[k]!)).toBeLessThan(1e-9 * scale);
      });
    },
  );

  const exact = fixture<{ input_jacobian: Nested[]; singular_log10: ((number | null)[] | null)[] }>(
    "golden/inputs-exact.json",
  );

  test.each(goldens("sequence-exact").map((golden, k) => ({ ...golden, inputs: exact.input_jacobian[k]! })))(
    "60-digit differences of the whole run: $title",
    ({ cell: native, inputs }) => {
      requireClose(plain(entriesOf(wrtX(native as NativeSequence))), inputs, "input_jacobian");
    },
  );

  const runsOfBalls = goldens("lyapunov-exact").map((golden, k) => ({ ...golden, values: exact.singular_log10[k]! }));
  test("singular values of products that spread over hundreds of powers of ten: 1e-6 of the logarithm, or null", () => {
    let [told, lacking] = [0, 0];
    for (const { cell: native, values, title } of runsOfBalls) {
      const { name, U_f, x } = native as NativeSequence;
      if (values === null || (name === "wide" && U_f!.length * x.length > 8)) continue;
      const found = wrtX(native as NativeSequence, "norms").singular_log10;
      expect(found).toHaveLength(values.length);
      for (const [k, value] of values.entries()) {
        const own = found[k]!;
        if (own === null) lacking += value === null ? 0 : 1;
        else {
          told += 1;
          expect(Math.abs(own - (value ?? Number.NaN)), `${title}: ${found} for ${values}`).toBeLessThanOrEqual(1e-6);
        }
      }
    }
    expect(told).toBeGreaterThan(100);
    expect(lacking).toBeLessThanOrEqual(told / 50);
  });
});

describe("∂(h_T, c_T)/∂x_t", () => {
  const native = randomSequence(3, 2, 6);

  test("of the last step is what jacobian by x_t gives, to the bit", () => {
    const trace = traceAt(unroll(parseCell(native)), 6);
    const { h_T, c_T } = wrtX(native).input_jacobian.at(-1)!;
    expect([h_T, c_T]).toEqual([jacobian(trace, "h_t", "x_t"), jacobian(trace, "c_t", "x_t")]);
  });

  test("has as rows what backward gives for one unit of the last state", () => {
    const result = wrtX(native);
    for (const unit of [0, 2]) {
      const dh_t = [0, 0, 0].map((_, k) => Number(k === unit));
      const { gradient } = backwardResult(parseCell({ ...native, dh_t, dc_t: [0, 0, 0] }), { steps: false });
      const rows = result.input_jacobian.map(({ h_T }) => rowsOf(h_T!)[unit]!);
      requireClose(rows, rowsOf(gradient.x as Matrix), `unit ${unit}`);
    }
  });

  test("of a reverse cell follows the steps in the order taken, with the rows of x that they read", () => {
    const turned = { ...native, x: native.x.toReversed(), reverse: true } as NativeSequence;
    const own = wrtX(turned).input_jacobian;
    expect(own.map(({ x_row }) => x_row)).toEqual([5, 4, 3, 2, 1, 0]);
    expect(own.map(({ x_row: _, ...rest }) => rest)).toEqual(wrtX(native).input_jacobian);
  });

  test("of the last steps alone is the same, to the bit", () => {
    expect(wrtX(native, "entries", 2).input_jacobian).toEqual(wrtX(native).input_jacobian.slice(2));
  });

  test("leaves the entries out where norms are enough, and changes nothing else", () => {
    const { input_jacobian: inputs, ...whole } = wrtX(native);
    const { input_jacobian: norms, ...same } = wrtX(native, "norms");
    expect(norms).toEqual(inputs.map(({ h_T: _, c_T: __, exponent2: ___, ...rest }) => rest));
    expect(same).toEqual(whole);
    const { eigenvalues: _, singular_log10: __, flow, ...rest } = whole;
    const { flow: plainFlow, ...plainRest } = sequenceResult(parseCell(native), { from: 0, to: 6 });
    expect(rest).toEqual(plainRest);
    expect(flow.map(({ eigenvalues: _, singular_log10: __, ...own }) => own)).toEqual(plainFlow);
  });

  test("vanishes by powers of two and keeps its digits: c_T of a unit that reads x by its candidate alone", () => {
    const steps = 400;
    const unit = { ...fadingUnit(-10, steps), W_u: [[1]] } as NativeSequence;
    const { input_jacobian: inputs } = wrtX(unit);
    const [first, last] = [inputs[0]!, inputs.at(-1)!];
    // ½ f^(T − 1)
    const log10 = Math.log10(0.5) - 399 * Math.log10(1 + Math.exp(10));
    expect(first.c_T_log10).toBeCloseTo(log10, 9);
    expect(first.c_T_norm).toBeNull();
    expect(first.exponent2).toBeLessThan(-5000);
    expect(Math.log10(first.c_T!.data[0]!) + first.exponent2! * Math.log10(2)).toBeCloseTo(log10, 9);
    expect([last.exponent2, last.c_T!.data[0]]).toEqual([0, 0.5]);
  });

  test.each([-4e4, -1e9, -1e14])("has a logarithm however far a gate is saturated: z_f = %d", (b_f) => {
    const { input_jacobian: inputs, ...whole } = wrtX({ ...fadingUnit(b_f, 2), W_f: [[1]], c_prev: [0.5] });
    // f = σ'(z_f) = e^{z_f}: ∂c_2/∂x_1 = f·c_0 σ'(z_f), and ∂h_2/∂c_2 = o
    const squared = (2 * b_f) / Math.LN10;
    const requireNear = (found: number | null, expected: number) => {
      expect(Math.abs(found! / expected - 1)).toBeLessThan(1e-13);
    };
    requireNear(inputs[0]!.c_T_log10, squared + Math.log10(0.5));
    requireNear(inputs[0]!.h_T_log10, squared + Math.log10(0.25));
    requireNear(whole.jacobian_log10, squared + Math.log10(Math.hypot(1, 0.5)));
    requireNear(whole.flow[0]!.to_end_log10, b_f / Math.LN10 + Math.log10(Math.hypot(1, 0.5)));
    requireNear(whole.singular_log10[0]!, whole.jacobian_log10!);
    expect([inputs[0]!.c_T_norm, whole.jacobian_norm]).toEqual([null, null]);
  });

  test("is nothing where no gate reads x", () => {
    const { input_jacobian: inputs } = wrtX(fadingUnit(1, 3));
    for (const { h_T_norm, h_T_log10, h_T, exponent2 } of inputs) {
      expect([h_T_norm, h_T_log10, h_T!.data[0], exponent2]).toEqual([0, null, 0, 0]);
    }
  });
});

describe("as a stream", () => {
  const native = randomSequence(2, 3, 5, 2);
  const cell = parseCell(native);

  test("tells the same: the steps, the inputs from the last one back, the summary", () => {
    const { steps, flow, input_jacobian: inputs, ...rest } = wrtX(native);
    const lines = [...sequenceLinesWrtX(cell, { from: 0, to: 5 }, "entries")];
    expect(lines).toHaveLength(11);
    lines.slice(0, 5).forEach((line, k) => {
      const { to_end_norm: _, to_end_log10: __, ...own } = flow[k]!;
      expect(line).toEqual({ ...steps[k]!, ...own });
    });
    expect(lines.slice(5, 10)).toEqual(inputs.toReversed().map((input) => ({ input_jacobian: input })));
    const last = lines[10] as Spectrum;
    expect(last.singular_log10).toEqual(rest.singular_log10);
    last.eigenvalues.forEach(({ re }, k) => {
      expect(re!).toBeCloseTo(rest.eigenvalues[k]!.re!, 12);
    });
  });
});

test("eigenvalues of a step without recurrent weights are its forget gates and zeros; singular values those of [D F; F]", () => {
  const unit = { ...fadingUnit(1, 2), h_prev: [0.3], c_prev: [0.7] } as NativeSequence;
  const { flow, steps } = wrtX(unit);
  for (const [k, { eigenvalues, singular_log10 }] of flow.entries()) {
    const { gates, c_t } = steps[k]!;
    expect(eigenvalues).toEqual([
      { re: gates.f[0], im: 0 },
      { re: 0, im: 0 },
    ]);
    const byCell = gates.o[0]! / Math.cosh(c_t[0]!) ** 2;
    expect(singular_log10![0]).toBeCloseTo(Math.log10(gates.f[0]! * Math.hypot(1, byCell)), 12);
    expect(singular_log10![1]).toBeNull();
  }
});
