import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { readJsonCell } from "../../src/input/weights/read-cell.ts";
import type { Cell } from "../../src/lstm/cell.ts";
import { cellAtStep } from "../../src/lstm/cell-at-step.ts";
import { backwardResult } from "../../src/lstm/results/backward.ts";
import { ownDerivatives } from "../../src/lstm/results/derivatives.ts";
import { forwardResult, showResult } from "../../src/lstm/results/one-step.ts";
import { sequenceLines, sequenceResult } from "../../src/lstm/results/sequence.ts";
import { firstSteps, stepLabel, xRow } from "../../src/lstm/unroll.ts";
import { checkResult } from "../../src/verify/result.ts";
import { fixture } from "../helpers/fixtures.ts";
import { type Nested, plain, requireClose } from "../helpers/goldens.ts";
import { randomSequence } from "../helpers/sequences.ts";

interface ReverseGolden {
  readonly name: string;
  readonly state_dict: object;
  readonly state: { readonly x: number[][] };
  readonly expected: Record<string, Nested> & { gradient: Record<string, Nested> };
}

const { cells } = fixture<{ cells: ReverseGolden[] }>("golden/reverse-pytorch.json");
const whole = (cell: Cell) => ({ from: 0, to: cell.x!.rows });

/** Steps, loss and gradient, as the golden has them. */
const resultOf = (cell: Cell) => ({
  ...(plain(backwardResult(cell, { steps: false })) as Record<string, Nested>),
  steps: plain(sequenceResult(cell, whole(cell)).steps),
});

describe("the reverse half of PyTorch's bidirectional nn.LSTM", () => {
  test.each(cells)("agrees to 1e-12 of each row's largest entry: $name", ({ state_dict, state, expected }) => {
    const stateFile = { json: state, file: null };
    const cell = readJsonCell(state_dict, null, { layer: 0, reverse: true }, { stateFile });
    requireClose(resultOf(cell), expected, "");
    expect(Object.keys(backwardResult(cell, { steps: false }).gradient).sort()).toEqual(
      Object.keys(expected.gradient).sort(),
    );
  });

  test("is not what the same weights make of x in the order given", () => {
    const [{ state_dict, state, expected }] = cells;
    const stateFile = { json: state, file: null };
    const cell = readJsonCell(state_dict, null, { layer: 0, reverse: true }, { stateFile });
    expect(() => requireClose(resultOf({ ...cell, reverse: false }), expected, "")).toThrow("steps");
  });
});

/** A sequence of five steps with upstream gradients at each, as it is, and its x in the other order as a reverse cell. */
const native = { ...randomSequence(3, 2, 5), dh_t: randomSequence(2, 3, 5).x, dc_t: randomSequence(4, 3, 5).x };
const forward = parseCell(native);
const reverse = parseCell({ ...native, reverse: true, x: native.x.toReversed() });

/** What a reverse cell's record says more. */
const unlabelled = (record: unknown) =>
  JSON.parse(JSON.stringify(plain(record), (key, value) => (key === "x_row" || key === "reverse" ? undefined : value)));

describe("a reverse cell does what its forward twin does with x from the last row to the first", () => {
  test("along the sequence, by t in the order taken, bit for bit", () => {
    for (const span of [whole(forward), { from: 1, to: 4 }, { from: 3, to: 5 }]) {
      const result = sequenceResult(reverse, span);
      expect(unlabelled(result)).toEqual(plain(sequenceResult(forward, span)));
      const rows = Array.from({ length: span.to - span.from }, (_, k) => 4 - span.from - k);
      expect(result.steps.map(({ x_row }) => x_row)).toEqual(rows);
      expect(result.flow.map(({ x_row }) => x_row)).toEqual(rows);
      const lines = [...sequenceLines(reverse, span)];
      expect(lines.map(unlabelled)).toEqual([...sequenceLines(forward, span)].map(plain));
      expect(lines.map((line) => ("x_row" in line ? line.x_row : null))).toEqual([...rows, null]);
    }
  });

  test("at a step", () => {
    for (const t of [1, 2, 5]) {
      const [one, other] = [reverse, forward].map((cell) => cellAtStep(cell, t));
      expect({ ...one, reverse: false }).toEqual(other);
      expect(plain(showResult(one))).toEqual(plain(showResult(other)));
      expect(plain(backwardResult(one, { steps: true }))).toEqual(plain(backwardResult(other, { steps: true })));
    }
  });

  test("back through time: dh_t, dc_t and steps by t, the gradient of x by its own rows", () => {
    const result = backwardResult(reverse, { steps: true });
    const { gradient, ...rest } = plain(backwardResult(forward, { steps: true })) as { gradient: { x: number[][] } };
    const x = gradient.x.toReversed();
    expect(unlabelled(result)).toEqual({ ...rest, gradient: { ...gradient, x } });
    expect(result.steps!.map(({ t, x_row }) => [t, x_row])).toEqual([1, 2, 3, 4, 5].map((t) => [t, 5 - t]));
  });

  test("and a single dh_t is that of the last step, which reads the first row", () => {
    const dh_t = [1, 2, 3];
    const { gradient } = backwardResult({ ...reverse, ...parseUpstream(dh_t) }, { steps: false });
    const other = backwardResult({ ...forward, ...parseUpstream(dh_t) }, { steps: false }).gradient;
    expect((plain(gradient) as { x: number[][] }).x).toEqual((plain(other) as { x: number[][] }).x.toReversed());
  });

  test("under check, which tells the row of a step's worst entry and finds a gradient of x in the wrong order", () => {
    const upstream = { dh_t: null, dc_t: null };
    const [one, other] = [reverse, forward].map((cell) => ({ ...cell, upstream }));
    const result = checkResult(one, ownDerivatives);
    expect(result).toMatchObject({ passed: true, reverse: true });
    const expected = checkResult(other, ownDerivatives);
    const quantities = expected.quantities.map((quantity) => {
      const { worst } = quantity;
      return quantity.wrt === "x" ? { ...quantity, worst: { ...worst, row: 4 - worst.row } } : quantity;
    });
    expect(unlabelled(result)).toEqual(plain({ ...expected, quantities }));
    const ofSteps = result.quantities.filter(({ worst }) => worst.t !== undefined);
    expect(ofSteps.length).toBeGreaterThan(0);
    expect(result.quantities.every(({ worst: { t, x_row } }) => x_row === (t === undefined ? undefined : 5 - t))).toBe(
      true,
    );
    const turned = new Map([["gradient.x", backwardResult(other, { steps: false }).gradient.x!]]);
    const answer = { file: null, derivatives: turned, exponent2: 0 };
    expect(checkResult(one, ownDerivatives, answer, { tolerance: 1e-6 }).passed).toBe(false);
  });
});

function parseUpstream(dh_t: number[]): Pick<Cell, "upstream"> {
  const { upstream } = parseCell({ ...native, dh_t });
  return { upstream };
}

describe("the row of x that a step reads", () => {
  test("counts from 0, and is told of a reverse cell only", () => {
    expect([1, 2, 5].map((t) => [xRow(forward, t), xRow(reverse, t)])).toEqual([
      [0, 4],
      [1, 3],
      [4, 0],
    ]);
    expect([stepLabel(forward, 2), stepLabel(reverse, 2)]).toEqual([{ t: 2 }, { t: 2, x_row: 3 }]);
    expect(JSON.stringify(plain(sequenceResult(forward, whole(forward))))).not.toMatch(/x_row|reverse/);
  });

  test("of a part of the sequence is that of the whole one", () => {
    const first = firstSteps(reverse, 2);
    expect([...first.x!.data]).toEqual(native.x.toReversed().slice(3).flat());
    expect([...firstSteps(forward, 2).x!.data]).toEqual(native.x.slice(0, 2).flat());
  });

  test("is no question with x_t: reverse changes nothing then", () => {
    const { x, dh_t: _, dc_t: __, ...rest } = native;
    const [one, other] = [true, false].map((flag) => parseCell({ ...rest, reverse: flag, x_t: x[0] }));
    expect(plain(forwardResult(one))).toEqual(plain(forwardResult(other)));
    expect(plain(backwardResult(one, { steps: true }))).toEqual(plain(backwardResult(other, { steps: true })));
  });
});
