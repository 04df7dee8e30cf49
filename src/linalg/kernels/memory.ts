/** Memories of their own for much that is read again and again: kernels read it where it is. */

import type { Memory } from "../../web-assembly.ts";

const PAGE = 65536;

/** Bytes before what is kept, in which kernels work. */
export const WORK = 32 * PAGE;
/** Doubles from which on a memory pays. */
const MUCH = 2 ** 17;
/** Bytes that a kernel may read behind a row. */
const BEYOND = 16;
const MOST_PAGES = 65536;

const memories = new WeakMap<ArrayBufferLike, Memory>();
let areAny = false;

/** A memory to work in, with room for so many bytes more; its size does not change. */
export function newMemory(bytes = 0): Memory {
  const pages = Math.ceil((WORK + bytes) / PAGE);
  return new WebAssembly.Memory({ initial: pages, maximum: pages });
}

/** The memory that numbers are kept in, where they are. */
export function memoryOf(numbers: Float64Array): Memory | undefined {
  // to ask for the buffer of a short array makes one
  return areAny ? memories.get(numbers.buffer) : undefined;
}

/** Gives each of some numbers, `length` in all, a place in one memory, which lives as long as any of them; few, or such as there is no memory for, stay where they are. */
export function keeper(length: number): (numbers: Float64Array) => Float64Array {
  const bytes = 8 * length + BEYOND;
  if (length < MUCH || bytes > MOST_PAGES * PAGE - WORK) return (numbers) => numbers;
  try {
    const memory = newMemory(bytes);
    memories.set(memory.buffer, memory);
    areAny = true;
    let at = WORK;
    return (numbers) => {
      const kept = new Float64Array(memory.buffer, at, numbers.length);
      kept.set(numbers);
      at += kept.byteLength;
      return kept;
    };
  } catch {
    return (numbers) => numbers;
  }
}
