/** The stack machine that a pickle is a program for, as inert as a list. */

import { type DlstmError, failure } from "../../../../errors.ts";
import { Global, Made, Persistent } from "./values.ts";

/** Containers and names: those of a hundred thousand tensors. */
const MOST_VALUES = 2 ** 20;

export class Machine {
  /** Every name of Python that stands in the pickle, by `os.system`. */
  readonly globals = new Map<string, Global>();
  /** All that it says to stand outside. */
  readonly persistent: Persistent[] = [];
  readonly #stack: unknown[] = [];
  /** How high the stack was at each MARK. */
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, unknown>();
  #values = 0;

  /** @throws {DlstmError} too-large, where there are more values than any file of weights has. */
  push(value: unknown): void {
    if (typeof value === "object" && value !== null) {
      this.#values += 1;
      if (this.#values > MOST_VALUES) throw failure("too-large", `a pickle of more than ${MOST_VALUES} values`);
    }
    this.#stack.push(value);
  }

  pushGlobal(module: unknown, name: unknown): void {
    if (typeof module !== "string" || typeof name !== "string") throw damaged("a name that is no text");
    const path = `${module}.${name}`;
    const global = this.globals.get(path) ?? new Global(module, name);
    this.globals.set(path, global);
    this.push(global);
  }

  pushPersistent(id: unknown): void {
    const persistent = new Persistent(id);
    this.persistent.push(persistent);
    this.push(persistent);
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
    if (this.#marks.length > MOST_VALUES) throw failure("too-large", `a pickle of more than ${MOST_VALUES} marks`);
  }

  /** @throws {DlstmError} syntax, where there is nothing above the last mark. */
  pop(): unknown {
    if (this.#stack.length <= (this.#marks.at(-1) ?? 0)) throw damaged("it takes from an empty stack");
    return this.#stack.pop();
  }

  /** The last value, or the last mark. */
  drop(): void {
    if (this.#stack.length === this.#marks.at(-1)) this.#marks.pop();
    else this.pop();
  }

  top(): unknown {
    if (this.#stack.length <= (this.#marks.at(-1) ?? 0)) throw damaged("it looks at an empty stack");
    return this.#stack.at(-1);
  }

  /** All from the last mark on. */
  popToMark(): unknown[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw damaged("no mark");
    return this.#stack.splice(mark);
  }

  popSeveral(count: number): unknown[] {
    if (this.#stack.length - count < (this.#marks.at(-1) ?? 0)) throw damaged("it takes from an empty stack");
    return this.#stack.splice(this.#stack.length - count);
  }

  memoise(index: number = this.#memo.size): void {
    this.#memo.set(index, this.top());
    if (this.#memo.size > MOST_VALUES)
      throw failure("too-large", `a pickle of more than ${MOST_VALUES} numbered values`);
  }

  recall(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) throw damaged(`no value of number ${index}`);
    this.#stack.push(value);
  }

  /** To the list on top of the stack. */
  append(items: readonly unknown[]): void {
    const list = this.top();
    const into = list instanceof Made ? list.items : list;
    if (!Array.isArray(into)) throw damaged("items for no list");
    for (const item of items) into.push(item);
  }

  /** Keys and values by turns, to the dictionary on top of the stack. */
  setItems(items: readonly unknown[]): void {
    const dictionary = this.top();
    const into = dictionary instanceof Made ? dictionary.entries : dictionary;
    if (!(into instanceof Map) || items.length % 2 !== 0) throw damaged("entries for no dictionary");
    for (let k = 0; k < items.length; k += 2) into.set(items[k], items[k + 1]);
  }

  build(): void {
    const state = this.pop();
    const made = this.top();
    if (!(made instanceof Made)) throw damaged("attributes for no object");
    made.state = state;
  }

  make(callable: unknown, args: unknown): void {
    this.push(new Made(callable, args));
  }

  /** What a pickle ends with. */
  result(): unknown {
    if (this.#stack.length !== 1 || this.#marks.length > 0) throw damaged("it ends with more than one value, or none");
    return this.#stack[0];
  }
}

/** A whole number of so many bytes; one that is no safe integer as it is. */
export function wholeNumber(bytes: Buffer): number | bigint {
  let value = 0n;
  for (let k = bytes.length - 1; k >= 0; k--) value = (value << 8n) | BigInt(bytes[k]);
  const signed = BigInt.asIntN(8 * bytes.length, value);
  return Number.isSafeInteger(Number(signed)) ? Number(signed) : signed;
}

/** More than any key, and less than a source text need be looked at. */
export const LONGEST_TEXT = 2 ** 16;

export function damaged(message: string): DlstmError {
  return failure("syntax", `damaged pickle: ${message}`);
}
