import { WORDS } from "./bounded.ts";

/** Room for numbers as in bounded.ts: number k begins at data[start + 4k]. */
export interface Room {
  readonly length: number;
  readonly data: Float64Array;
  readonly start: number;
}

/** Short vectors share an array of so many doubles: to allocate one takes longer than to fill it. */
const SHARED = 8192;

/** Gives room for so many numbers; what is in it is arbitrary. */
export function allocator(): (length: number) => Room {
  let data = new Float64Array(0);
  let used = 0;
  return (length) => {
    const size = WORDS * length;
    if (size > SHARED) return { length, data: new Float64Array(size), start: 0 };
    if (used + size > data.length) {
      data = new Float64Array(SHARED);
      used = 0;
    }
    used += size;
    return { length, data, start: used - size };
  };
}
