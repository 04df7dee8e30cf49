import { setFlagsFromString } from "node:v8";
import { describe, expect, test, vi } from "vitest";
import { WORDS } from "../../src/linalg/bounded.ts";
import { productError } from "../../src/linalg/error-free.ts";
import { instancesOf, type Variant } from "../../src/linalg/kernels/loops.ts";
import { columnsOf, type Matrix, rowOf, transpose, zeros } from "../../src/linalg/matrix.ts";
import type { RealVector } from "../../src/linalg/real-vector.ts";
import { exponentOf, scaleByPowerOfTwo } from "../../src/linalg/scale.ts";
import type { WeightedRows } from "../../src/linalg/weighted-rows.ts";
import { bits53, randomIn } from "../helpers/random.ts";

// engines of 2023 know x·y + z rounded once by this flag only; newer ones, which know it of their own, know no such flag
if (/^11\.[0-3]\./.test(process.versions.v8)) setFlagsFromString("--experimental-wasm-relaxed-simd");

/** The loops, of which the larger run in one variant of the kernels. */
async function loopsOf(variant: Variant) {
  vi.resetModules();
  vi.doMock("../../src/linalg/kernels/loops.ts", () => ({ instances: () => instancesOf(variant) }));
  const [{ kernelsFor }, memory, affine, vectors, rows, products] = await Promise.all([
    import("../../src/linalg/kernels/choice.ts"),
    import("../../src/linalg/kernels/memory.ts"),
    import("../../src/linalg/affine.ts"),
    import("../../src/linalg/real-vector.ts"),
    import("../../src/linalg/weighted-rows.ts"),
    import("../../src/linalg/multiply.ts"),
  ]);
  kernelsFor(MUCH);
  return { kernelsFor, ...memory, ...affine, ...vectors, ...rows, ...products };
}

/** What is done part by part takes the readable loop: it is too little for a kernel. */
const LITTLE = 200;
const MUCH = 2 ** 15;

/** The words of a vector, with −0 and NaN told apart from 0. */
const words = ({ data, start, length }: RealVector) => [...data.subarray(start, start + WORDS * length)];

/** A double of all 53 bits, its exponent up to `span` from 0: 1074 for all of them, with zeros, subnormal numbers and such as overflow. */
function drawn(next: () => number, span: number): number {
  const shape = next();
  if (shape < 0.1) return shape < 0.05 ? 0 : -0;
  const exponent = Math.floor((2 * next() - 1) * span);
  // not at once: 2^-1074 · 1.5 is no double
  return bits53(next) * 2 ** Math.ceil(exponent / 2) * 2 ** Math.floor(exponent / 2);
}

function drawnMatrix(next: () => number, rows: number, cols: number, span: number): Matrix {
  const matrix = zeros(rows, cols);
  const isZeroColumn = Array.from({ length: cols }, () => next() < 0.1);
  matrix.data.forEach((_, k) => {
    matrix.data[k] = isZeroColumn[k % cols] ? 0 : drawn(next, span);
  });
  return matrix;
}

const vectorOf = (next: () => number, length: number, span: number) =>
  Float64Array.from({ length }, () => drawn(next, span));

const VARIANTS = (["fused", "split"] as const).filter((variant) => instancesOf(variant) !== null);

test("there is a variant that every processor can run", () => {
  expect(VARIANTS).toContain("split");
});

describe.each(VARIANTS)("%s", async (variant) => {
  const {
    addProduct,
    affine,
    affines,
    componentOf,
    fromDoubles,
    keeper,
    kernelsFor,
    sigmoid,
    sumWeightedColumns,
    sumWeightedRows,
    tanh,
    times,
    toDoubles,
  } = await loopsOf(variant);

  test("there are kernels where there is much to do, and none where there is little", () => {
    expect([kernelsFor(MUCH), kernelsFor(LITTLE)]).toEqual([expect.objectContaining({}), null]);
  });

  describe.each([1, 30, 300, 510, 1074])("the bits of the readable loops, for exponents up to ±%d", (span) => {
    const next = randomIn(span);
    /** Rows and columns even and odd, more of them than are copied at a time, and few. */
    const SHAPES = [
      { rows: 64, cols: 33 },
      { rows: 37, cols: 64 },
      { rows: 7, cols: 90 },
      { rows: 99, cols: 5 },
    ];

    test("products of matrices and vectors", () => {
      for (const { rows, cols } of SHAPES) {
        const summands = [cols, 1, Math.ceil(cols / 2)].map((width) => ({
          matrix: drawnMatrix(next, rows, width, span),
          vector: vectorOf(next, width, span),
        }));
        const before = structuredClone(summands);
        const whole = affine(rows, summands);
        for (let r = 0; r < rows; r++) {
          const ofRow = summands.map(({ matrix, vector }) => {
            return { matrix: { rows: 1, cols: matrix.cols, data: rowOf(matrix, r) }, vector };
          });
          const [found, expected] = [componentOf(whole, r), affine(1, ofRow)];
          if (variant === "split") expect(words(found)).toEqual(words(expected));
          else expectSameBut(found, expected, span);
        }
        expect(summands).toEqual(before);
      }
    });

    test("several with the same vectors, and with others", () => {
      for (const { rows, cols } of SHAPES) {
        const vectors = [vectorOf(next, cols, span), vectorOf(next, 1, span)];
        const sums = Array.from({ length: 3 }, () =>
          vectors.map((vector) => ({ matrix: drawnMatrix(next, rows, vector.length, span), vector })),
        );
        const other = [{ ...sums[0][0], vector: vectorOf(next, cols, span) }, sums[0][1]];
        for (const all of [sums, [...sums, other], [...sums, sums[0].slice(1)]]) {
          expect(affines(rows, all).map(words)).toEqual(all.map((summands) => words(affine(rows, summands))));
        }
      }
      expect(affines(3, [])).toEqual([]);
    });

    test("numbers times numbers", () => {
      const z = affine(701, [{ matrix: drawnMatrix(next, 701, 3, span / 2), vector: vectorOf(next, 3, 2) }]);
      const factors = [
        z,
        sigmoid(z).derivative,
        fromDoubles(vectorOf(next, 701, span)),
        fromDoubles(new Float64Array(701)),
      ];
      for (const a of factors) {
        for (const b of factors) {
          const found = times(a, b);
          for (let k = 0; k < a.length; k++) {
            expect(words(componentOf(found, k))).toEqual(words(times(componentOf(a, k), componentOf(b, k))));
          }
        }
      }
    });

    test("columns times numbers, rounded", () => {
      for (const { rows, cols } of SHAPES) {
        const terms = [rows, 1, rows].map((length, j) => {
          const given = affine(length, [
            { matrix: drawnMatrix(next, length, 2, span / 4), vector: vectorOf(next, 2, 1) },
          ]);
          const weights = times(given, sigmoid(given).derivative);
          return { weights, matrix: drawnMatrix(next, length, cols, j === 1 ? 1 : span) };
        });
        const found = sumWeightedColumns(terms, cols);
        for (let k = 0; k < cols; k++) {
          const column = terms.map(({ weights, matrix }) => {
            return { weights, matrix: { rows: matrix.rows, cols: 1, data: rowOf(transpose(matrix), k) } };
          });
          expect([found[k]]).toEqual([...sumWeightedColumns(column, 1)]);
        }
      }
    });

    test("products of matrices, and of some columns of them", () => {
      for (const [rows, depth, cols] of [
        [64, 33, 20],
        [37, 64, 70],
        [130, 5, 71],
        [3, 90, 140],
      ]) {
        const left = columnsOf(drawnMatrix(next, rows, depth + 3, span / 2), 2, depth);
        const right = drawnMatrix(next, depth, cols, span / 2);
        const given = drawnMatrix(next, rows, cols + 5, span);
        const found = structuredClone(given);
        const columns = transpose(right);
        addProduct(columnsOf(found, 4, cols), left, right);
        for (let r = 0; r < rows; r++) {
          const row = { rows: 1, cols: depth, data: rowOf({ ...left, cols: left.stride }, r).subarray(0, depth) };
          for (let c = 0; c < cols; c++) {
            const column = { rows: depth, cols: 1, data: rowOf(columns, c) };
            // so little is done by the readable loop
            addProduct({ rows: 1, cols: 1, data: rowOf(given, r).subarray(4 + c, 5 + c) }, row, column);
          }
        }
        expect(found).toEqual(given);
      }
    });

    test("σ and tanh with their derivatives", () => {
      const z = affine(700, [{ matrix: drawnMatrix(next, 700, 3, span / 10), vector: vectorOf(next, 3, 2) }]);
      for (const activation of [sigmoid, tanh]) {
        const whole = activation(z);
        for (let k = 0; k < z.length; k++) {
          const { value, derivative } = activation(componentOf(z, k));
          const found = [componentOf(whole.value, k), componentOf(whole.derivative, k)];
          expect(found.map(words), `${words(componentOf(z, k))}`).toEqual([words(value), words(derivative)]);
        }
      }
    });

    test("numbers, rounded to doubles", () => {
      const z = affine(700, [{ matrix: drawnMatrix(next, 700, 3, span), vector: vectorOf(next, 3, 2) }]);
      for (const numbers of [z, sigmoid(z).value, sigmoid(z).derivative]) {
        const found = toDoubles(numbers);
        for (let k = 0; k < z.length; k++) expect([found[k]]).toEqual([...toDoubles(componentOf(numbers, k))]);
      }
    });

    test("doubles, spelt as JavaScript does", () => {
      const spelt = (values: Float64Array) => kernelsFor(MUCH)?.spelt(values);
      // the table of powers of ten is made where there are many
      spelt(new Float64Array(5000));
      const powers = Array.from({ length: 2098 }, (_, k) => 2 ** (k - 1074));
      const short = Array.from({ length: 2000 }, (_, k) => Number(`${k % 97}.${k % 31}e${(k % 640) - 330}`));
      const values = [...powers, ...short.filter(Number.isFinite), ...vectorOf(next, 4000, span)].filter(
        Number.isFinite,
      );
      for (const sign of [1, -1]) {
        const all = Float64Array.from(values, (value) => sign * value);
        const expected = Array.from(all, (value) => (Object.is(value, -0) ? "-0" : String(value)));
        expect(spelt(all)).toBe(`[${expected.join(",")}]`);
      }
      expect(spelt(Float64Array.of(1, Number.NaN))).toBeNull();
      expect(spelt(Float64Array.of(Number.POSITIVE_INFINITY))).toBeNull();
    });

    test("rows times numbers, rounded", () => {
      for (const { rows, cols } of SHAPES) {
        const weightsOf = () => {
          const given = affine(rows, [{ matrix: drawnMatrix(next, rows, 2, span / 4), vector: vectorOf(next, 2, 1) }]);
          return times(given, sigmoid(given).derivative);
        };
        const terms = Array.from({ length: 4 }, (_, j) => {
          return { weights: weightsOf(), matrix: drawnMatrix(next, j === 2 ? 1 : rows, cols, span) };
        });
        expectRowsOfReadableLoop(terms, rows, cols);
      }
    });
  });

  test("rows that vanish, wholly or but for what is lost, and rows so small that error terms are lost", () => {
    const next = randomIn(7);
    const [rows, cols] = [8, 40];
    const ofScale = (scale: number) => {
      const matrix = drawnMatrix(next, rows, cols, 20);
      return { ...matrix, data: matrix.data.map((entry) => entry * scale) };
    };
    const weights = fromDoubles(vectorOf(next, rows, 3));
    const negative = times(weights, fromDoubles(new Float64Array(rows).fill(-1)));
    for (const scale of [1, 2 ** -870, 2 ** -900, 2 ** -1000, 2 ** -1050]) {
      const [matrix, small] = [ofScale(scale), ofScale(scale * 2 ** -70)];
      const opposites = [weights, negative].map((each) => ({ weights: each, matrix }));
      expectRowsOfReadableLoop(opposites, rows, cols);
      expectRowsOfReadableLoop([...opposites, { weights, matrix: small }], rows, cols);
      expectRowsOfReadableLoop([{ weights, matrix }], rows, cols);
    }
  });

  test("matrices that are kept in a memory of their own, all of them and some, and changed there", () => {
    const next = randomIn(17);
    for (const [rows, cols] of [
      [64, 33],
      [37, 64],
      [7, 90],
    ]) {
      const keep = keeper(2 ** 17);
      const summands = [cols, 1, cols].map((width) => ({
        matrix: drawnMatrix(next, rows, width, 30),
        vector: vectorOf(next, width, 3),
      }));
      const kept = summands.map(({ matrix, vector }) => ({
        vector,
        matrix: { ...matrix, data: keep(matrix.data) },
      }));
      expect(kept[0].matrix.data).toEqual(summands[0].matrix.data);
      expect(new Set(kept.map(({ matrix }) => matrix.data.buffer)).size).toBe(1);
      const weights = affine(rows, summands);
      const weighted = (each: typeof kept) => [each[0], each[2]].map(({ matrix }) => ({ weights, matrix }));
      for (const change of [0, 1]) {
        for (const { matrix } of [...summands, ...kept]) matrix.data[matrix.data.length - 1] += change;
        for (const some of [kept, [kept[0], summands[1], summands[2]], [summands[0], kept[1], kept[2]]]) {
          // what lies behind the last row may be a number that the fused kernel leaves to the readable loop
          const told = variant === "fused" ? (numbers: RealVector) => [...toDoubles(numbers)] : words;
          expect(told(affine(rows, some))).toEqual(told(affine(rows, summands)));
          expect(sumWeightedRows(weighted(some), rows, cols)).toEqual(sumWeightedRows(weighted(summands), rows, cols));
          expect(sumWeightedColumns(weighted(some), cols)).toEqual(sumWeightedColumns(weighted(summands), cols));
        }
      }
    }
  });

  test("sums next to the middle of two doubles, nearer and nearer, whatever else cancels", () => {
    const next = randomIn(11);
    // of a row of many columns one is always left open, and then all are summed again
    const [rows, cols] = [400, 2];
    const numbers = (length: number) => vectorOf(next, length, 1).map((entry) => entry || 1);
    for (const pairs of [0, 2, 11]) {
      const weights = numbers(rows);
      const data = numbers(rows * cols);
      const toMiddle = data.map((entry, k) => {
        const r = Math.floor(k / cols);
        const weight = weights[r];
        const product = weight * entry;
        const half = Math.sign(product) * scaleByPowerOfTwo(1, exponentOf(product) - 53);
        return (half - productError(weight, entry, product)) * (1 + (k % 2 ? 1 : -1) * 2 ** -(r % 40));
      });
      const others = Array.from({ length: pairs }, () => {
        const [factors, matrix] = [numbers(rows), { rows, cols, data: numbers(rows * cols) }];
        return [factors, factors.map((entry) => -entry)].map((each) => ({ weights: fromDoubles(each), matrix }));
      });
      const terms = [
        { weights: fromDoubles(weights), matrix: { rows, cols, data } },
        { weights: fromDoubles(weights.map(() => 1)), matrix: { rows, cols, data: toMiddle } },
        ...others.flat(),
      ];
      expectRowsOfReadableLoop(terms, rows, cols);
    }
  });

  /**
   * A product far below its sum is rounded once where the readable loop does it twice, which l may tell within the bound. Where the
   * half of a factor overflows, the readable loop takes numbers of any precision, the fused one need not.
   */
  function expectSameBut(found: RealVector, expected: RealVector, span: number): void {
    expect(toDoubles(found)).toEqual(toDoubles(expected));
    if (span > 990) return;
    const [h, l, ...rest] = words(expected);
    const [foundHigh, foundLow, ...foundRest] = words(found);
    expect([foundHigh, ...foundRest]).toEqual([h, ...rest]);
    if (foundLow !== l) expect(Math.abs(foundLow - l)).toBeLessThan(Math.abs(h) * rest[1]);
  }

  function expectRowsOfReadableLoop(terms: readonly WeightedRows[], rows: number, cols: number): void {
    const whole = sumWeightedRows(terms, rows, cols);
    for (let r = 0; r < rows; r++) {
      const few = Math.floor(LITTLE / terms.length);
      for (let k = 0; k < cols; k += few) {
        const width = Math.min(few, cols - k);
        const part = terms.map(({ weights, matrix }) => {
          const data = rowOf(matrix, matrix.rows === 1 ? 0 : r).subarray(k, k + width);
          return { weights: componentOf(weights, r), matrix: { rows: 1, cols: width, data } };
        });
        const found = rowOf(whole, r).subarray(k, k + width);
        expect([...found]).toEqual([...sumWeightedRows(part, 1, width).data]);
      }
    }
  }
});
