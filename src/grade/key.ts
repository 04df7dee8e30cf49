import { DlstmError, failure, inFile } from "../errors.ts";
import { rowOf } from "../linalg/matrix.ts";
import type { Cell } from "../lstm/cell.ts";
import { forward } from "../lstm/forward.ts";
import type { Norm } from "../lstm/names.ts";
import type { UnitOptimum } from "../lstm/optimum.ts";
import { type Quantity, type QuantityOf, quantities } from "../lstm/quantities.ts";
import { onceBy } from "../once.ts";
import { type AttainsByUnit, attainsByUnit } from "./attains-optimum.ts";
import { type Entries, matrix, scalar, vector } from "./entries.ts";
import { readAnswer } from "./held-quantities.ts";
import { numbersOf, requireOneCell } from "./key-shape.ts";
import type { UnitParts } from "./raw.ts";
import { GradedValues } from "./values.ts";

/** What the answers are compared with. */
export interface Key {
  readonly hidden_size: number | null;
  readonly input_size: number | null;
  /** The right entries; null where the key does not tell them. NaN in the row of a unit that has no optimum of its own. */
  expected(quantity: Quantity): Entries | null;
  /** What else is right, of an optimum's h_prev. */
  attains(quantity: QuantityOf<"optimum">): AttainsByUnit;
  /** How many numbers an answer can hold that has everything. */
  readonly numbers: number;
  /** Of a cell: what wrong formulas and follow-through start from. A result file has numbers only. */
  readonly values: GradedValues | null;
}

/**
 * The exact answers of a cell, each computed when it is first asked for.
 * @throws {DlstmError} overflow, where one of them leaves the double range.
 */
export function cellKey(cell: Cell): Key {
  const values = new GradedValues(cell, cell.x === null ? forward(cell) : null);
  const attaining = new Map<string, AttainsByUnit>();
  const attains = ({ norm, goal, gate }: QuantityOf<"optimum">): AttainsByUnit => {
    const weights = cell.gates[gate];
    return weights ? attainsByUnit(values.optimum(gate, norm, goal) ?? [], norm, weights.U) : new Map();
  };
  return {
    hidden_size: cell.hiddenSize,
    input_size: cell.inputSize,
    numbers: numbersOf({ H: cell.hiddenSize, I: cell.inputSize, T: cell.x?.rows ?? null }),
    values,
    expected: (quantity) => values.of(quantity),
    attains: (quantity) => onceBy(attaining, quantity.path, () => attains(quantity)),
  };
}

/**
 * The numbers of a result that a command has printed.
 * @throws {DlstmError} unknown-key, missing, shape or not-a-number: a key has no faults that could be passed over.
 */
export function resultKey(json: unknown, file: string | null): Key {
  return inFile(file, () => keyOf(json));
}

function keyOf(json: unknown): Key {
  const { held, unknown, unmarked, understood, wrapping } = readAnswer(json);
  const alien = wrapping === null ? [...unknown, ...unmarked, ...understood.map(([written]) => written)] : [""];
  if (alien.length > 0) {
    const message = "no quantity, expected the result of show, forward, jacobian, optimum or backward";
    throw new DlstmError(alien.map((key) => ({ code: "unknown-key", file: null, place: key || null, message })));
  }
  if (held.size === 0) throw failure("missing", "no quantity in it, expected a cell or a result");
  const expected = new Map<string, Entries>();
  const attaining = new Map<string, AttainsByUnit>();
  for (const quantity of quantities()) {
    const { path } = quantity;
    const raw = held.get(path);
    if (raw === undefined || raw.kind === "twice") continue;
    const none = raw.kind === "units" ? new Array<number>(raw.byUnit.size).fill(Number.NaN) : null;
    const value = raw.kind === "whole" ? raw.value : unitsInOrder(raw, none, path);
    const entries = strictEntries(value, none, path);
    expected.set(path, entries);
    if (quantity.family !== "optimum" || entries.kind !== "matrix") continue;
    // for p = inf, h* has the signs of U, which tell as well as U itself which h attain it
    attaining.set(path, attainsByUnit(notUnique(entries, quantity.norm), quantity.norm, entries));
  }
  const size = (name: string) => {
    const value = Object.hasOwn(json as object, name) ? (json as Record<string, unknown>)[name] : null;
    return Number.isInteger(value) ? (value as number) : null;
  };
  const stated = { hidden_size: size("hidden_size"), input_size: size("input_size") };
  const sizes = requireOneCell(expected, stated);
  return {
    ...stated,
    numbers: numbersOf(sizes),
    values: null,
    expected: ({ path }) => expected.get(path) ?? null,
    attains: ({ path }) => attaining.get(path) ?? new Map(),
  };
}

/**
 * @param none what stands for a unit without an optimum of its own: NaN, as cellKey has it
 * @throws {DlstmError} ambiguous, where a unit stands twice; missing, where one is left out: the key is to tell all of them.
 */
function unitsInOrder({ byUnit, twice }: UnitParts, none: readonly number[] | null, place: string): unknown[] {
  const [first] = twice;
  if (first !== undefined) throw failure("ambiguous", `unit ${first} stands twice, expected once`, { place });
  return Array.from({ length: byUnit.size }, (_, unit) => {
    if (!byUnit.has(unit)) throw failure("missing", `no unit ${unit}, expected every unit in a key`, { place });
    const value = byUnit.get(unit);
    return value === null && place.endsWith(".h_prev") ? none : value;
  });
}

/** The units of which h* itself tells that it is not the only one: there is none, or it has a zero for p = inf. */
function notUnique(rows: Entries, norm: Norm): UnitOptimum[] {
  return Array.from({ length: rows.rows }, (_, unit) => ({ unit, row: rowOf(rows, unit) })).flatMap(({ unit, row }) => {
    const isNone = Number.isNaN(row[0]);
    if (!isNone && !(norm === "inf" && row.includes(0))) return [];
    return [{ unit, h_prev: isNone ? null : row, preactivation: 0, activation: 0, unique: false }];
  });
}

/** @param none the one row that may hold what is no number */
function strictEntries(value: unknown, none: readonly number[] | null, place: string): Entries {
  const number = (entry: unknown, at: string): number => {
    if (typeof entry === "number" && Number.isFinite(entry)) return entry;
    throw failure("not-a-number", "no finite number, expected one in a key", { place: at });
  };
  if (!Array.isArray(value)) return scalar(number(value, place));
  if (value.length === 0) throw failure("shape", "empty, expected numbers", { place });
  if (!Array.isArray(value[0])) return vector(Float64Array.from(value, (entry, k) => number(entry, `${place}[${k}]`)));
  const cols = value[0].length;
  const rows = value.map((row: unknown, r) => {
    if (row !== null && row === none) return none;
    if (Array.isArray(row) && row.length === cols) return row.map((entry, k) => number(entry, `${place}[${r}][${k}]`));
    throw failure("shape", `expected a row of ${cols} numbers, as the first is`, { place: `${place}[${r}]` });
  });
  return matrix({ rows: rows.length, cols, data: Float64Array.from(rows.flat()) });
}
