import { type DlstmError, nullIfRefused } from "../errors.ts";
import type { Quantity } from "../lstm/quantities.ts";
import { once, onceBy } from "../once.ts";
import type { AttainsByUnit } from "./attains-optimum.ts";
import { type Changed, ChangedValues } from "./changed-values.ts";
import type { AreTwins } from "./diagnose.ts";
import { type Entries, haveSameShape } from "./entries.ts";
import { genericCell, genericCellWithZeros } from "./generic-cell.ts";
import { cellKey, type Key } from "./key.ts";
import { type Judged, judged, type Tolerance } from "./tolerance.ts";
import { type Facts, type Formulas, wrongFormulas } from "./wrong-formulas.ts";

/** All that the answers to one quantity are compared with. */
export interface MarkingEntry {
  readonly quantity: Quantity;
  readonly right: Judged;
  /** What else is right, of an optimum's h_prev. */
  readonly attains: AttainsByUnit | null;
  /** Made when the first wrong answer asks for them. */
  readonly formulas: () => Formulas;
  readonly areTwins: AreTwins;
  /** By entry: 1 where it is zero by the equations; null where none is, or where nothing tells. */
  readonly zeros: Uint8Array | null;
}

/** The key with its tolerances and its wrong formulas, each made once, however many answers there are. */
export class MarkingKey {
  readonly #key: Key;
  readonly #tolerance: Tolerance;
  readonly #facts: Facts;
  readonly #entries = new Map<Quantity, MarkingEntry | null>();
  /** By which what is the same by chance is told from what is the same by form. */
  readonly #generic: () => MarkingKey | null;
  readonly #withZeros: () => Key | null;
  #keyFault: DlstmError | null = null;

  constructor(key: Key, tolerance: Tolerance) {
    this.#key = key;
    this.#tolerance = tolerance;
    const { values } = key;
    const made = new Map<Changed, ChangedValues>();
    this.#facts = {
      expected: (quantity) => key.expected(quantity),
      changed: values && ((changed) => onceBy(made, changed, () => new ChangedValues(values, changed))),
    };
    this.#withZeros = once(() => values && cellKey(genericCellWithZeros(values.cell)));
    this.#generic = once(() => values && new MarkingKey(cellKey(genericCell(values.cell)), tolerance));
  }

  /** null where the key does not tell the quantity: a cell neither where an entry leaves the double range. */
  of(quantity: Quantity): MarkingEntry | null {
    return onceBy(this.#entries, quantity, () => this.#make(quantity));
  }

  /** What is wrong with the key itself, found when an answer was to be compared with it: no answer is to end the run. */
  get keyFault(): DlstmError | null {
    return this.#keyFault;
  }

  #make(quantity: Quantity): MarkingEntry | null {
    const expected = nullIfRefused(
      () => this.#key.expected(quantity),
      (error) => {
        this.#keyFault ??= error;
      },
    );
    if (expected === null) return null;
    const right = judged(expected, this.#tolerance);
    const isDirection = quantity.family === "optimum" && quantity.part === "h_prev";
    return {
      ...{ quantity, right },
      attains: isDirection ? this.#key.attains(quantity) : null,
      formulas: once(() => wrongFormulas(quantity, this.#facts, expected)),
      zeros: this.#zerosOf(quantity, expected),
      areTwins: (a, b) => this.#areTwins(quantity, a.way, b.way),
    };
  }

  #zerosOf(quantity: Quantity, { data }: Entries): Uint8Array | null {
    // which entries of h* are zero is what is asked there
    if (quantity.family === "optimum" || !data.includes(0)) return null;
    const numbers = this.#withZeros()?.expected(quantity)?.data;
    const zeros = Uint8Array.from(data, (entry, k) => Number(entry === 0 && numbers?.[k] === 0));
    return zeros.includes(1) ? zeros : null;
  }

  #areTwins(quantity: Quantity, a: string, b: string): boolean {
    const known = this.#generic()?.of(quantity)?.formulas().all ?? [];
    const [one, other] = [a, b].map((way) => known.filter((formula) => formula.way === way));
    return one.some((left) => other.some((right) => isSame(left.entries, right.entries)));
  }
}

function isSame(a: Entries, b: Entries): boolean {
  return haveSameShape(a, b) && a.data.every((entry, k) => Math.abs(entry - b.data[k]) <= 1e-9 * (1 + Math.abs(entry)));
}
