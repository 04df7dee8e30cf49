import { describe, expect, test } from "vitest";
import { parseCell } from "../../../../src/input/parse-cell.ts";
import type { Choice } from "../../../../src/input/weights/conventions/choices.ts";
import { parseNames, parseOrder } from "../../../../src/input/weights/conventions/roles.ts";
import { readJsonCell } from "../../../../src/input/weights/read-cell.ts";
import { GATES, type Gate } from "../../../../src/lstm/names.ts";
import { type Model, model } from "../../../helpers/conventions.ts";
import { problemsOf } from "../../../helpers/problems.ts";

type Rows = number[][];

/** Every order of the four gates. */
const ORDERS: readonly Gate[][] = permutations(GATES);

function permutations(gates: readonly Gate[]): Gate[][] {
  if (gates.length === 0) return [[]];
  return gates.flatMap((gate) => permutations(gates.filter((one) => one !== gate)).map((rest) => [gate, ...rest]));
}

const transpose = (matrix: Rows): Rows => matrix[0].map((_, k) => matrix.map((row) => row[k]));

/** A model's blocks in an order, under names that say nothing, one behind the other or side by side. */
function stored(cell: Model, order: readonly Gate[], layout: "rows" | "columns") {
  const blocks = (part: "W" | "U") => {
    const rows = order.flatMap((gate) => cell[`${part}_${gate}`]);
    return layout === "rows" ? rows : transpose(rows);
  };
  return { a: blocks("W"), net: { c: blocks("U") }, d: order.flatMap((gate) => cell[`b_${gate}`]) };
}

const read = (json: unknown, choice: Choice) => readJsonCell(json, "w.json", choice);
const names = parseNames("W=a, U=net.c, b=d");

describe("weights whose names are declared", () => {
  test.each(ORDERS.map((order) => ({ order, letters: order.join("") })))("in the order $letters", ({ order }) => {
    const cell = model(3, 2);
    for (const layout of ["rows", "columns"] as const) {
      const json = stored(cell, order, layout);
      expect(read(json, { names, order })).toEqual(parseCell(cell));
      expect(read(json, { names, order, layout })).toEqual(parseCell(cell));
      const others = ORDERS.filter((other) => other !== order).map(
        (other) => read(json, { names, order: other }).gates,
      );
      expect(others).not.toContainEqual(parseCell(cell).gates);
    }
  });

  test("the same as a convention has them, but for the order or the orientation", () => {
    const cell = model(3, 2);
    const order = parseOrder("f g i o");
    const { a, net, d } = stored(cell, order, "columns");
    // Deep Learning from Scratch 2 has the names of CS231n in another order
    expect(read({ Wx: a, Wh: net.c, b: d }, { order })).toEqual(parseCell(cell));
    expect(read({ Wx: a, Wh: net.c, b: d }, {})).not.toEqual(parseCell(cell));
    const turned = stored(cell, ["i", "f", "o", "u"], "rows");
    expect(read({ Wx: turned.a, Wh: turned.net.c, b: turned.d }, { layout: "rows" })).toEqual(parseCell(cell));
  });

  test("as matrices of x and h joined, as two biases, and gate by gate", () => {
    const cell = model(3, 2);
    const order = parseOrder("ofiz");
    const { a, net, d } = stored(cell, order, "columns");
    const half = d.map((entry) => entry / 2);
    const joined = { k: [...a, ...net.c], p: half, q: half };
    expect(read(joined, { names: parseNames("xh=k,b=p,b=q"), order })).toEqual(parseCell(cell));
    const flipped = { k: [...net.c, ...a], p: d };
    expect(read(flipped, { names: parseNames("hx=k,b=p"), order })).toEqual(parseCell(cell));
    const each = GATES.flatMap((g) => (["W", "U", "b"] as const).map((part) => [`n${part}${g}`, cell[`${part}_${g}`]]));
    const list = GATES.flatMap((g) => ["W", "U", "b"].map((part) => `${part}_${g}=n${part}${g}`)).join(",");
    expect(read(Object.fromEntries(each), { names: parseNames(list) })).toEqual(parseCell(cell));
  });

  test("without a bias it is zero, and a first axis of one direction is none", () => {
    const cell = model(3, 2);
    const order = parseOrder("ifco");
    const { a, net } = stored(cell, order, "rows");
    const { gates } = read({ W: [a], R: [net.c] }, { names: parseNames("W=W,U=R"), order });
    expect(gates.f).toEqual({ ...parseCell(cell).gates.f, b: null });
  });

  test("of as many inputs as units, --layout has to say which way they stand", () => {
    const cell = model(2, 2);
    const order = parseOrder("ifgo");
    const json = { ...stored(cell, order, "rows") };
    // [4H × I] and [H × 4H] differ as long as there are four gates
    expect(read(json, { names, order })).toEqual(parseCell(cell));
    const byGate = {
      W_xi: [
        [1, 2],
        [3, 4],
      ],
      W_hi: [
        [5, 6],
        [7, 8],
      ],
    };
    const d2l = Object.fromEntries(
      ["i", "f", "o", "c"].flatMap((g) => [
        [`W_x${g}`, byGate.W_xi],
        [`W_h${g}`, byGate.W_hi],
        [`b_${g}`, [1, 2]],
      ]),
    );
    expect(problemsOf(() => read(d2l, {}))).toEqual([
      "ambiguous w.json: several readings that yield different cells, expected one of them: --layout columns (the cell from scratch of Dive into Deep Learning), --layout rows (the same names as Graves (2013) has them)",
    ]);
    expect(read(d2l, { layout: "rows" }).gates.f!.U.data).toEqual(Float64Array.of(5, 6, 7, 8));
    expect(read(d2l, { layout: "columns" }).gates.f!.U.data).toEqual(Float64Array.of(5, 7, 6, 8));
    expect(read(d2l, { from: "graves" }).gates.f!.W!.data).toEqual(Float64Array.of(1, 2, 3, 4));
    expect(problemsOf(() => read({ ...d2l, W_ci: [1, 2] }, { layout: "rows" }))[0]).toMatch(/W_ci: peephole weights/);
  });

  test.each([
    [{ names }, /^usage w\.json: --names: the gates' blocks may be in any order, expected --order beside it/],
    [{ names: parseNames("W=a,U=net.x"), order: GATES }, /no tensor net\.x, expected a name .*; the nearest is net\.c/],
    [
      { names, order: GATES, layout: "columns" },
      /^shape w\.json: a: 12 × 2, expected \[I × 4H\] of the cell that --names/,
    ],
    [{ names: parseNames("U_f=net.c"), order: GATES }, /^usage w\.json: --order: the gates are named one by one/],
  ] as [Choice, RegExp][])("what cannot be is told: %#", (choice, message) => {
    expect(problemsOf(() => read(stored(model(3, 2), GATES, "rows"), choice))[0]).toMatch(message);
  });

  test("an order for a cell that names its gates is refused", () => {
    const problems = problemsOf(() => read(model(3, 2), { order: parseOrder("ifgo") }));
    expect(problems[0]).toMatch(/^usage w\.json: --order: dlstm's own cell tells the gates by their names/);
  });

  test.each(["", "W", "W=", "=a", "Q=a", "W=a,", "w=a"])("--names %j is none", (text) => {
    expect(problemsOf(() => parseNames(text))[0]).toMatch(/^usage --names: .*expected a role and a tensor/);
  });

  test.each(["", "ifg", "ifgi", "ifgoo", "ifgu", "abcd", "IFGO"])("--order %j is none", (text) => {
    expect(problemsOf(() => parseOrder(text))[0]).toMatch(/^usage --order: .*expected the gates in the order/);
  });
});
