import { describe, expect, test } from "vitest";
import { exampleCell } from "../../../src/input/example.ts";
import { parseCell } from "../../../src/input/parse-cell.ts";
import type { Cell } from "../../../src/lstm/cell.ts";
import type { GATES } from "../../../src/lstm/names.ts";
import { forwardResult } from "../../../src/lstm/results/one-step.ts";
import { smallStep } from "../../../src/lstm/small-step/small-step.ts";
import { jsonLine } from "../../../src/render/json.ts";
import { bits53, randomIn } from "../../helpers/random.ts";
import { seededCell } from "../../promise/rounded-cells.ts";
import { cellOf } from "../../promise/rounded-values.ts";

const step = smallStep()!;

/** Of so many cells as many as are told at once, by the doubles of the equations; all else of a result is the same too. */
function told(cells: Iterable<Cell>): number {
  let count = 0;
  for (const cell of cells) {
    if (step(cell) === null) continue;
    count += 1;
    expect(forwardResult(cell, step)).toEqual(forwardResult(cell));
  }
  return count;
}

const drawn = (next: () => number, length: number, scale: (k: number) => number) =>
  Float64Array.from({ length }, (_, k) => bits53(next) * scale(k));

/** A cell with weights and a state of such sizes, by 53 bits each; every third without one of its vectors. */
function random(next: () => number, H: number, I: number, scale: () => number): Cell {
  const of = (rows: number, cols: number) => ({ rows, cols, data: drawn(next, rows * cols, scale) });
  const hasBias = next() < 0.7;
  const gate = () => ({ W: of(H, I), U: of(H, H), b: hasBias ? drawn(next, H, scale) : null });
  const vector = (length: number) => (next() < 0.8 ? drawn(next, length, scale) : null);
  const state = { x_t: vector(I), h_prev: vector(H), c_prev: vector(H) };
  const gates = { f: gate(), i: gate(), o: gate(), u: gate() };
  const upstream = { dh_t: null, dc_t: null };
  return { name: null, hiddenSize: H, inputSize: I, gates, state, x: null, reverse: false, upstream };
}

function* randoms(count: number, scaleOf: (next: () => number) => number): Generator<Cell> {
  const next = randomIn(17);
  for (let k = 0; k < count; k++) yield random(next, 1 + (k % 7), 1 + (k % 5), () => scaleOf(next));
}

describe("a small step has the doubles of the equations", () => {
  test("of nearly all typical cells, small pre-activations among them", () => {
    expect(
      told(Array.from({ length: 200 }, (_, seed) => parseCell(JSON.parse(jsonLine(exampleCell(4, 4, seed)))))),
    ).toBe(200);
    const typical = [...randoms(300, (next) => 0.3 * next())].filter(({ state }) => state.x_t ?? state.h_prev);
    expect(told(typical)).toBeGreaterThan(0.98 * typical.length);
  });

  test("of cells whose numbers span many powers of two, where it tells them", () => {
    expect(told(randoms(500, (next) => 2 ** Math.round(20 * (next() - 0.8))))).toBeGreaterThan(150);
    expect(told(randoms(500, (next) => 2 ** Math.round(40 * (next() - 0.75))))).toBeGreaterThan(40);
    // no more than what is told has to be right
    told(randoms(300, (next) => 2 ** Math.round(1200 * (next() - 0.5))));
  });

  test("of those that make rounding hard", () => {
    expect(told(Array.from({ length: 340 }, (_, seed) => cellOf(seededCell(seed))))).toBeGreaterThan(60);
  });

  test("where what is summed cancels", () => {
    const next = randomIn(18);
    const cells = Array.from({ length: 300 }, (_, k): Cell => {
      const cell = random(next, 2, 2, () => 1);
      const lost = 2 ** -(k % 60);
      const bias = (g: (typeof GATES)[number]) => {
        const { W, U } = cell.gates[g]!;
        const of = ({ data }: { data: Float64Array }, v: Float64Array | null, r: number) =>
          v === null ? 0 : data[2 * r] * v[0] + data[2 * r + 1] * v[1];
        const sum = (r: number) => of(W!, cell.state.x_t, r) + of(U, cell.state.h_prev, r);
        return { W, U, b: Float64Array.from({ length: 2 }, (_, r) => bits53(next) * lost - sum(r)) };
      };
      return { ...cell, gates: { f: bias("f"), i: bias("i"), o: bias("o"), u: bias("u") } };
    });
    expect(told(cells)).toBeGreaterThan(100);
  });
});

test("what is not small, not whole or without numbers is left to the equations", () => {
  const next = randomIn(19);
  const cell = random(next, 2, 2, () => 1);
  const { f, i, o } = cell.gates as Required<typeof cell.gates>;
  expect(step({ ...cell, gates: { f, i, o } })).toBeNull();
  expect(step({ ...cell, gates: { f, i, o, u: { ...f, b: f.b === null ? Float64Array.of(1, 2) : null } } })).toBeNull();
  expect(step(random(next, 65, 1, () => 1))).toBeNull();
  const nothing = { x_t: null, h_prev: null, c_prev: null };
  const without = { W: f.W, U: f.U, b: null };
  expect(step({ ...cell, state: nothing, gates: { f: without, i: without, o: without, u: without } })).toBeNull();
});
