import type { Memory } from "../../web-assembly.ts";
import { powersOfTwo } from "../bounded-exp.ts";
import type { Matrix } from "../matrix.ts";
import { FUSED, SPLIT } from "./compiled.ts";
import { newMemory, WORK } from "./memory.ts";

/** The functions of assembly/, whose places are bytes, and the memory that they work in, of fixed size: its first bytes are nobody's but theirs. */
export interface Loops {
  readonly numbers: Float64Array;
  /** The same memory. */
  readonly places: Uint32Array;
  /** Whether a matrix is kept in it: kernels read it where it is. */
  readonly isKept: (matrix: Matrix) => boolean;
  /** Where 2^(j/64) are, j = 0 … 63. */
  readonly powers: number;
  /** The same memory, and where powers of ten may be in it. */
  readonly bytes: Buffer;
  readonly tens: number;
  readonly setHalves: (from: number, n: number) => void;
  readonly setSums: (out: number, summands: number, count: number, rows: number, apart: number, share: number) => void;
  readonly multiplyNumbers: (a: number, b: number, out: number, n: number) => void;
  readonly round: (from: number, to: number, n: number) => void;
  readonly sumRows: (
    out: number,
    open: number,
    terms: number,
    count: number,
    from: number,
    rows: number,
    n: number,
    work: number,
  ) => void;
  readonly sumColumns: (out: number, terms: number, count: number, n: number, work: number) => number;
  readonly multiplyBlock: (out: number, left: number, right: number, m: number, depth: number, n: number) => void;
  readonly spellRow: (from: number, n: number, to: number, tens: number) => number;
  readonly activations: (
    z: number,
    value: number,
    derivative: number,
    n: number,
    s: number,
    powers: number,
    work: number,
  ) => void;
}

/** As many as doubles may ask for, of 16 bytes. */
const POWERS_OF_TEN = 617;

/** What x·y leaves out of its double, by one operation x·y + z that rounds once, or by many from the halves of x and y. */
export type Variant = "fused" | "split";

/** What makes the loops of a memory. */
export type Instances = (memory: Memory) => Loops;

/** null where there is no WebAssembly, or none that knows two doubles at a time. */
export function instances(): Instances | null {
  return instancesOf("fused") ?? instancesOf("split");
}

/** null where the engine does not know this variant, or the processor rounds x·y + z twice. */
export function instancesOf(variant: Variant): Instances | null {
  try {
    const bytes = Uint8Array.from(atob(variant === "fused" ? FUSED : SPLIT), (character) => character.charCodeAt(0));
    const module = new WebAssembly.Module(bytes);
    const exportsOf = (memory: Memory) => new WebAssembly.Instance(module, { env: { memory } }).exports as Exports;
    // of (1 + 2^-30)² a double holds all but this
    if (exportsOf(newMemory()).errorOfSquare(1 + 2 ** -30) !== 2 ** -60) return null;
    return (memory) => loopsOf(memory, exportsOf(memory));
  } catch {
    return null;
  }
}

interface Exports extends Loops {
  readonly errorOfSquare: (x: number) => number;
}

function loopsOf({ buffer }: Memory, functions: Exports): Loops {
  const all = new Float64Array(buffer, 0, WORK / 8);
  const powers = all.length - powersOfTwo().length;
  const tens = powers - 2 * POWERS_OF_TEN;
  all.set(powersOfTwo(), powers);
  return {
    ...functions,
    numbers: all.subarray(0, tens),
    places: new Uint32Array(buffer),
    // to ask for the buffer of a short array makes one
    isKept: ({ data }) => buffer.byteLength > WORK && data.buffer === buffer,
    powers: 8 * powers,
    bytes: Buffer.from(buffer),
    tens: 8 * tens,
  };
}
