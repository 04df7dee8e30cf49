/** The loops in which the time goes, compiled to WebAssembly: two doubles at a time. What they compute is the same, bit for bit. */

import { onceBy } from "../../once.ts";
import type { Memory } from "../../web-assembly.ts";
import type { Room } from "../allocator.ts";
import type { Block, Matrix } from "../matrix.ts";
import { type SetActivations, setActivations, setRounded } from "./activations.ts";
import { setColumns } from "./columns.ts";
import { spelt } from "./decimals.ts";
import { type MatrixVector, setSums } from "./dots.ts";
import { instances, type Loops } from "./loops.ts";
import { memoryOf, newMemory } from "./memory.ts";
import { setProducts } from "./numbers.ts";
import { addProduct } from "./products.ts";
import { setRows, type Term } from "./rows.ts";

/** null stands for what they have no room for. */
export interface Kernels {
  readonly setColumns: (terms: readonly Term[], out: Float64Array, careful: (k: number) => number) => boolean;
  readonly setRows: (terms: readonly Term[], out: Matrix, careful: (r: number) => void) => boolean;
  readonly addProduct: (out: Matrix | Block, left: Matrix | Block, right: Matrix) => boolean;
  readonly setSums: (
    sums: readonly (readonly MatrixVector[])[],
    out: Room,
    share: number,
    careful: (k: number) => void,
  ) => boolean;
  readonly setProducts: (a: Room, b: Room, out: Room, careful: (k: number) => void) => boolean;
  readonly setActivations: SetActivations;
  readonly setRounded: (out: Float64Array, numbers: Room, careful: (k: number) => number) => boolean;
  readonly spelt: (values: Float64Array) => string | null;
}

/** null where there is no WebAssembly, or none that knows two doubles at a time. */
export function kernels(): Kernels | null {
  const make = instances();
  if (make === null) return null;
  const loops = make(newMemory());
  const known = new WeakMap<Memory, Loops>();
  /** Those of the memory that one of the matrices is kept in, or those of none. */
  const where = (matrices: readonly { readonly matrix: Matrix }[]) => {
    for (const { matrix } of matrices) {
      const memory = memoryOf(matrix.data);
      if (memory) return onceBy(known, memory, () => make(memory));
    }
    return loops;
  };
  return {
    setSums: (sums, ...of) => setSums(where(sums[0]), sums, ...of),
    addProduct: (...of) => addProduct(loops, ...of),
    setColumns: (terms, ...of) => setColumns(where(terms), terms, ...of),
    setRows: (terms, ...of) => setRows(where(terms), terms, ...of),
    setProducts: (...of) => setProducts(loops, ...of),
    setRounded: (...of) => setRounded(loops, ...of),
    spelt: (...of) => spelt(loops, ...of),
    setActivations: (...of) => setActivations(loops, ...of),
  };
}
