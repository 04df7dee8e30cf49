import { type DlstmError, nullIfRefused } from "../errors.ts";
import type { Quantity } from "../lstm/quantities.ts";
import { once, onceBy } from "../once.ts";
import type { AttainsByUnit } from "./attains-optimum.ts";
import { type ChangedStep, ChangedValues } from "./changed-values.ts";
import { type Facts, type WrongFormula, wrongFormulas } from "./diagnose.ts";
import type { Key } from "./key.ts";
import { type Judged, judged, type Tolerance } from "./tolerance.ts";
import { isOfStep } from "./values.ts";

/** All that the answers to one quantity are compared with. */
export interface MarkingEntry {
  readonly quantity: Quantity;
  readonly right: Judged;
  /** What else is right, of an optimum's h_prev. */
  readonly attains: AttainsByUnit | null;
  /** Made when the first wrong answer asks for them. */
  readonly formulas: () => readonly WrongFormula[];
}

/** The key with its tolerances and its wrong formulas, each made once, however many answers there are. */
export class MarkingKey {
  readonly #key: Key;
  readonly #tolerance: Tolerance;
  readonly #facts: Facts;
  readonly #entries = new Map<Quantity, MarkingEntry | null>();
  #keyFault: DlstmError | null = null;

  constructor(key: Key, tolerance: Tolerance) {
    this.#key = key;
    this.#tolerance = tolerance;
    const { values } = key;
    const made = new Map<ChangedStep, ChangedValues>();
    this.#facts = {
      expected: (quantity) => key.expected(quantity),
      changed: isOfStep(values) ? (step) => onceBy(made, step, () => new ChangedValues(values, step)) : null,
    };
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
      formulas: once(() => wrongFormulas(quantity, this.#facts, right)),
    };
  }
}
