/** The loops in which the time goes, compiled to WebAssembly: two doubles at a time. What they compute is the same, bit for bit. */
import type { Room } from "../allocator.ts";
import type { Block, Matrix } from "../matrix.ts";
import { type SetActivations, setActivations, setRounded } from "./activations.ts";
import { setColumns } from "./columns.ts";
import { spelt } from "./decimals.ts";
import { type MatrixVector, setSums } from "./dots.ts";
import { instantiate } from "./loops.ts";
import { addProduct } from "./products.ts";
import { setRows, type Term } from "./rows.ts";

/** null stands for what they have no room for. */
export interface Kernels {
  readonly setColumns: (terms: readonly Term[], out: Float64Array, careful: (k: number) => number) => boolean;
  readonly setRows: (terms: readonly Term[], out: Matrix, careful: (r: number) => void) => boolean;
  readonly addProduct: (out: Matrix | Block, left: Matrix | Block, right: Matrix) => boolean;
  readonly setSums: (
    summands: readonly MatrixVector[],
    out: Room,
    share: number,
    careful: (r: number) => void,
  ) => boolean;
  readonly setActivations: SetActivations;
  readonly setRounded: (out: Float64Array, numbers: Room, careful: (k: number) => number) => boolean;
  readonly spelt: (values: Float64Array) => string | null;
}

/** null where there is no WebAssembly, or none that knows two doubles at a time. */
export function kernels(): Kernels | null {
  const loops = instantiate();
  if (loops === null) return null;
  return {
    setSums: (...of) => setSums(loops, ...of),
    addProduct: (...of) => addProduct(loops, ...of),
    setColumns: (...of) => setColumns(loops, ...of),
    setRows: (...of) => setRows(loops, ...of),
    setRounded: (...of) => setRounded(loops, ...of),
    spelt: (...of) => spelt(loops, ...of),
    setActivations: (...of) => setActivations(loops, ...of),
  };
}
