/** Arrays that are constants of a model, stored or computed from stored ones; no entry is read before it is asked for. */

export interface Constant {
  /** How the entries are stored, or would be: F32, I64, …. */
  readonly type: string;
  readonly shape: readonly number[];
  /** The product of the shape. */
  readonly count: number;
  /** What it is computed from; nothing where it is stored. */
  readonly inputs: readonly Constant[];
  /** How many computations stand on one another in it. */
  readonly depth: number;
  /** Writes so many entries from `start` on, row by row, into `out` from `at` on. */
  copy(out: Float64Array, at: number, start: number, count: number): void;
  /**
   * Makes sure that what is stored is there, before room is made for it.
   * @throws {DlstmError} where it is not.
   */
  check?(): void;
}

/** Some entries of another array that stand one after the other there. */
export interface Run {
  readonly from: Constant;
  readonly start: number;
  readonly length: number;
}

/** An array whose entry k is the first of a run. */
export function ofRuns(
  { type, shape, inputs }: Pick<Constant, "type" | "shape" | "inputs">,
  runAt: (k: number) => Run,
): Constant {
  return computed({ type, shape, inputs }, (out, at, start, count) => {
    for (let done = 0; done < count; ) {
      const { from, start: first, length } = runAt(start + done);
      const some = Math.min(length, count - done);
      from.copy(out, at + done, first, some);
      done += some;
    }
  });
}

/** An array whose entries are computed as a whole when the first of them is wanted. */
export function ofValues(
  { type, shape, inputs }: Pick<Constant, "type" | "shape" | "inputs">,
  values: () => Float64Array,
): Constant {
  let known: Float64Array | undefined;
  return computed({ type, shape, inputs }, (out, at, start, count) => {
    known ??= values();
    out.set(known.subarray(start, start + count), at);
  });
}

/** The same entries row by row in another shape, or under another type. */
export function withShape(input: Constant, shape: readonly number[], type = input.type): Constant {
  return { ...input, shape, type };
}

function computed({ type, shape, inputs }: Pick<Constant, "type" | "shape" | "inputs">, copy: Constant["copy"]) {
  const depth = inputs.reduce((deepest, input) => Math.max(deepest, input.depth + 1), 0);
  return { type, shape, inputs, count: productOf(shape), depth, copy };
}

/** Every entry, row by row. */
export function entriesOf(constant: Constant): Float64Array {
  const values = new Float64Array(constant.count);
  constant.copy(values, 0, 0, constant.count);
  return values;
}

export function productOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
