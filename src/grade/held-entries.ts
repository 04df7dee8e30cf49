import { type Entries, matrix, shapeName } from "./entries.ts";
import type { Raw, UnitParts } from "./raw.ts";

/** A student's entries of one quantity, in the shape of the key's. */
export interface Held {
  /** NaN where there is no finite number. */
  readonly data: Float64Array;
  /** Entries that the answer does not have at all, because it gives some units only. */
  readonly absent: Uint8Array | null;
  /** The units that it does not give, ascending. */
  readonly absentUnits: readonly number[];
  /** Units whose h_prev is null. */
  readonly nulls: ReadonlySet<number>;
  /** The units that stand twice, ascending: their entries are NaN, and wrong. */
  readonly twiceUnits: readonly number[];
  /**
   * Entries that are there, but are no finite numbers; not those of a unit that is rightly said to have no optimum of its
   * own, nor of one that stands twice.
   */
  readonly notNumbers: number;
  /** What the numbers were read as, where they are of another shape that says the same: a vector. */
  readonly readAs: string | null;
}

/** An answer of another shape, or none. */
export interface Misshapen {
  /** What stands there: `3 numbers`, `text`. */
  readonly found: string;
  /** Under which two names; null where it stands once. */
  readonly twice: string | null;
  /** The numbers, where they are a matrix with rows and columns exchanged. */
  readonly exchanged: Entries | null;
}

/** An answer that gives every unit an optimum of its own. */
const WHOLE = { absent: null, absentUnits: [], twiceUnits: [], nulls: new Set<number>(), readAs: null } as const;

/** A student's value against the shape of the key's entries. Looks at no more entries than the key has. */
export function readHeld(raw: Raw, shape: Entries): Held | Misshapen {
  if (raw.kind === "units") return readUnits(raw, shape);
  if (raw.kind === "twice") {
    return { found: "two answers", exchanged: null, twice: `it stands twice, as ${raw.written.join(" and as ")}` };
  }
  const { value } = raw;
  if (shape.kind === "scalar") return isList(value) ? misshapen(value) : filled(shape, [[value]]);
  const line = lineIn(value, shape);
  if (line !== null) return { ...filled(shape, [line.entries]), readAs: line.readAs };
  if (!isList(value)) return misshapen(value);
  if (shape.kind === "vector") {
    return value.length === shape.cols && !value.some(isContainer) ? filled(shape, [value]) : misshapen(value);
  }
  if (isRectangle(value, shape.rows, shape.cols)) return filled(shape, value);
  if (!isRectangle(value, shape.cols, shape.rows)) return misshapen(value);
  const turned = matrix({ rows: shape.cols, cols: shape.rows, data: shape.data });
  const { data } = filled(turned, value);
  return { ...misshapen(value), exchanged: { ...turned, data } };
}

/** A vector as numpy and MATLAB keep it, a column or a row of a matrix; the only row or column of a matrix as a vector. */
function lineIn(value: unknown, { kind, rows, cols }: Entries) {
  const length = rows * cols;
  if (kind === "vector" && length === 1 && typeof value === "number") return { entries: [value], readAs: "a vector" };
  if (!isList(value)) return null;
  if (kind === "matrix" && Math.min(rows, cols) === 1 && length > 1 && isRow(value, length)) {
    return { entries: value, readAs: cols === 1 ? "a column" : "a row" };
  }
  if (kind !== "vector") return null;
  if (isRectangle(value, length, 1)) return { entries: value.map(([entry]) => entry), readAs: "a vector" };
  return isRectangle(value, 1, length) ? { entries: value[0], readAs: "a vector" } : null;
}

export function isMisshapen(held: Held | Misshapen): held is Misshapen {
  return "found" in held;
}

/** Whether every entry is there, once, and a number. */
export function isWhole({ notNumbers, absent, twiceUnits }: Held): boolean {
  return notNumbers === 0 && absent === null && twiceUnits.length === 0;
}

/** Whether entry k belongs to a unit of which key and answer both say that it has no optimum of its own. */
export function isRightlyNull({ nulls }: Held, { data, cols }: Entries, k: number): boolean {
  return nulls.size > 0 && Number.isNaN(data[k]) && nulls.has(Math.floor(k / cols));
}

/** h_prev has a row a unit, the other parts an entry a unit. */
function readUnits({ byUnit, twice }: UnitParts, shape: Entries): Held | Misshapen {
  const units = shape.kind === "matrix" ? shape.rows : shape.cols;
  const size = shape.kind === "matrix" ? shape.cols : 1;
  const values = new Array<unknown>(units * size).fill(null);
  const absent = new Uint8Array(units * size).fill(1);
  const excused = absent.slice();
  const nulls = new Set<number>();
  const beyond = [...byUnit.keys(), ...twice].find((unit) => unit >= units);
  if (beyond !== undefined) return { found: `unit ${beyond}`, exchanged: null, twice: null };
  for (const unit of twice) absent.fill(0, unit * size, (unit + 1) * size);
  for (const [unit, value] of byUnit) {
    absent.fill(0, unit * size, (unit + 1) * size);
    excused.fill(0, unit * size, (unit + 1) * size);
    if (shape.kind === "vector") values[unit] = value;
    else if (value === null) {
      nulls.add(unit);
      if (Number.isNaN(shape.data[unit * size])) excused.fill(1, unit * size, (unit + 1) * size);
    } else if (isRow(value, size)) for (let k = 0; k < size; k++) values[unit * size + k] = value[k];
    else return { ...misshapen(value), found: `${nameOf(value)} for unit ${unit}` };
  }
  const absentUnits = Array.from({ length: units }, (_, unit) => unit).filter((unit) => absent[unit * size]);
  const twiceUnits = [...twice].sort((a, b) => a - b);
  const own = { nulls, absent: absentUnits.length > 0 ? absent : null, absentUnits, twiceUnits };
  return { ...filled(shape, [values], excused), ...own };
}

/**
 * What are finite numbers, and NaN for the rest, which is counted.
 * @param rows of the shape, or all its entries as one
 * @param excused entries that are not there to be numbers
 */
function filled(shape: Entries, rows: readonly (readonly unknown[])[], excused: Uint8Array | null = null): Held {
  const data = new Float64Array(shape.data.length);
  let [k, notNumbers] = [0, 0];
  for (const row of rows) {
    for (const value of row) {
      const isNumber = typeof value === "number" && Number.isFinite(value);
      data[k] = isNumber ? value : Number.NaN;
      if (!isNumber && !excused?.[k]) notNumbers += 1;
      k += 1;
    }
  }
  return { data, ...WHOLE, notNumbers };
}

function misshapen(value: unknown): Misshapen {
  return { found: nameOf(value), exchanged: null, twice: null };
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isContainer(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function isRow(value: unknown, length: number): value is readonly unknown[] {
  return isList(value) && value.length === length && !value.some(isContainer);
}

function isRectangle(value: readonly unknown[], rows: number, cols: number): value is readonly (readonly unknown[])[] {
  return value.length === rows && value.every((row) => isRow(row, cols));
}

/** The shape of a value in words: `3 numbers`, `2 rows of 3 numbers`, `text`. */
function nameOf(value: unknown): string {
  if (isList(value)) return nameOfList(value);
  if (value === null || typeof value === "boolean") return String(value);
  return NAMES[typeof value] ?? "nothing";
}

const NAMES: Readonly<Record<string, string>> = { string: "text", number: "a number", object: "an object" };

function nameOfList(list: readonly unknown[]): string {
  const [first] = list;
  if (isList(first)) {
    const isEven = list.every((row) => isRow(row, first.length));
    if (!isEven) return "rows of different lengths";
    return shapeName({ kind: "matrix", rows: list.length, cols: first.length });
  }
  if (list.some(isContainer)) return "a list of other things than numbers";
  return shapeName({ kind: "vector", rows: 1, cols: list.length });
}
