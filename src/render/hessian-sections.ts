import { HESSIAN_DERIVATIVES } from "../lstm/derivatives.ts";
import { c_prev, LOSS, WRT_LETTERS, z } from "../lstm/letters.ts";
import { GATES, WRTS, type Wrt } from "../lstm/names.ts";
import type { HessianBlock, HessianResult } from "../lstm/results/records.ts";
import { toFormula } from "../notation/formula.ts";
import { column, matrixSection, type Section, tableSection, vectorColumn, vectorSection } from "./section.ts";
import { textOf } from "./symbols.ts";

/** L, its second derivatives, each pair of inputs once; on request the blocks of the units and a product; the eigenvalues. */
export function hessianSections({ loss, hessian, blocks = [], product, eigenvalues }: HessianResult): Section[] {
  const total = vectorSection("loss", [vectorColumn(LOSS, Float64Array.of(loss))]);
  const pairs = HESSIAN_DERIVATIVES.flatMap(({ a, wrt, symbol }): Section[] => {
    const matrix = WRTS.indexOf(a) <= WRTS.indexOf(wrt) ? hessian[a]?.[wrt] : undefined;
    return matrix ? [{ ...matrixSection(symbol(), matrix), rowNoun: "component" }] : [];
  });
  const times = (wrts: readonly Wrt[]): Section[] => {
    const columns = wrts.flatMap((wrt) => (product?.[wrt] ? [vectorColumn(WRT_LETTERS[wrt], product[wrt])] : []));
    return columns.length > 0 ? [vectorSection("Hessian times vector", columns)] : [];
  };
  return [
    { ...total, rowLabel: () => "", shape: "number" },
    ...pairs,
    ...blocks.map(blockSection),
    ...times(["h_prev", "c_prev"]),
    ...times(["x_t"]),
    vectorSection("eigenvalues", [vectorColumn(LAMBDA, eigenvalues)]),
  ];
}

export const LAMBDA = toFormula("λ");

/** In the order of a block. */
const BLOCK_LETTERS = [...GATES.map((g) => z(g)), c_prev];

function blockSection({ unit, hessian: { rows, cols, data } }: HessianBlock): Section {
  const columns = BLOCK_LETTERS.map((letter, c) => column(letter, (row) => data[row * cols + c]));
  const section = tableSection(`second derivatives of unit ${unit}`, rows, columns);
  const rowSymbol = (row: number) => BLOCK_LETTERS[row];
  const rowLabel = (row: number) => textOf(rowSymbol(row));
  return { ...section, rowLabel, rowSymbol, firstComponent: 0, comparable: true };
}

/** What the reader has to know of it. */
export function hessianCaptions({ unit, assumed_one, missing }: HessianResult): string[] {
  const alone = unit === undefined ? [] : [`L of unit ${unit} alone`];
  const ones = assumed_one ? [`${assumed_one.join(", ")} not given: taken as ones`] : [];
  const lacking = missing?.x_t ? [`nothing by x_t, for want of ${missing.x_t.join(", ")}`] : [];
  return [...alone, ...ones, ...lacking, "λ: the eigenvalues of the second derivatives by h_{t-1}"];
}
