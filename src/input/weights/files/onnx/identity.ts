/** Which constants are the same numbers, however often they are computed: as the branches of an If do, each for itself. */

import { isFloatType } from "../number-type.ts";
import { type Constant, entriesOf } from "./constant.ts";
import { isIntegerType } from "./numbers.ts";

/** As many numbers as it costs nothing to look at: shapes, bounds, a state. */
const MOST_NUMBERS = 256;

export class Identities {
  readonly #keys = new Map<string, number>();
  readonly #known = new Map<Constant, number>();

  /** The number of a constant: that of every other one that is the same. */
  of(constant: Constant): number | undefined {
    return this.#known.get(constant);
  }

  /**
   * Adds a constant that is stored in the file.
   * @param place that of its message
   */
  addStored(constant: Constant, place: number): void {
    const isSmall = constant.count <= MOST_NUMBERS && isNumbers(constant);
    this.#add(constant, isSmall ? numbersOf(constant) : `at ${place}`);
  }

  /**
   * Adds one that is computed from others.
   * @param operation what tells how, beside its inputs
   */
  addComputed(constant: Constant, operation: string, inputs: readonly (Constant | null)[]): void {
    const isSmall = constant.count <= MOST_NUMBERS && (isIntegerType(constant.type) || constant.inputs.length === 0);
    const from = inputs.map((input) => (input === null ? null : this.of(input)));
    this.#add(constant, isSmall && isNumbers(constant) ? numbersOf(constant) : `${operation} ${JSON.stringify(from)}`);
  }

  #add(constant: Constant, key: string): void {
    const number = this.#keys.get(key) ?? this.#keys.size;
    this.#keys.set(key, number);
    this.#known.set(constant, number);
  }
}

function isNumbers({ type }: Constant): boolean {
  return isFloatType(type) || isIntegerType(type);
}

function numbersOf(constant: Constant): string {
  const { type, shape } = constant;
  return `${type} [${shape.join()}] ${[...entriesOf(constant)].map((entry) => (Object.is(entry, -0) ? "-0" : entry)).join()}`;
}
