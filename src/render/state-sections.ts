/** The gates, c_t and h_t along a sequence: a row a step. */
import type { SequenceResult } from "../lstm/results/records.ts";
import { product } from "../notation/formula.ts";
import { groupsOf } from "./groups.ts";
import { type Column, index, type Section, tableSection, type VectorColumn } from "./section.ts";
import { gateColumns } from "./step-sections.ts";

/** So many columns stand beside each other where they are of several quantities. */
const MOST = 6;

/** As many quantities to a table as six columns hold; where one has more units, it is a table of its own, as of a matrix. */
export function stateSections({ steps, hidden_size }: SequenceResult): Section[] {
  const vectors = steps.map(gateColumns);
  const places = groupsOf([...vectors[0].keys()], Math.max(1, Math.floor(MOST / hidden_size)));
  return places.map((group) => {
    const [first] = group;
    const isAlone = group.length === 1;
    const { label, symbol } = vectors[0][first];
    const columns = group.flatMap((place) => {
      const at = (row: number, unit: number) => vectors[row][place].at(unit);
      return unitColumns(vectors[0][place], at, isAlone);
    });
    const table = tableSection(isAlone ? (symbol ?? label) : "step", steps.length, columns);
    const ofSteps = { shape: "steps", rowNoun: "step", rowLabel: (row: number) => `t = ${steps[row].t}` } as const;
    return { ...table, ...ofSteps, ...(isAlone && { firstComponent: 0, comparable: true }) };
  });
}

/** A column a unit, the first of them with the name of the vector, unless the table has it. */
function unitColumns(
  { label, symbol, length }: VectorColumn,
  at: (row: number, unit: number) => number | null,
  isNamed: boolean,
): Column[] {
  return Array.from({ length }, (_, unit) => {
    const column = { label: index(unit), at: (row: number) => at(row, unit) };
    if (isNamed) return column;
    if (length === 1) return { ...column, label, symbol };
    const labelAlone = label + index(unit);
    if (unit > 0) return { ...column, labelAlone };
    const number = { kind: "number", text: index(unit) } as const;
    return { ...column, labelAlone, label: labelAlone, symbol: symbol && product(symbol, number) };
  });
}
