import type { Loops } from "./loops.ts";

/** The exponents of the powers of ten that doubles may ask for. */
const [FIRST, LAST] = [-292, 324];

/** Numbers that were to be spelt until the table of powers, a millisecond, has paid. */
const WORTH_A_TABLE = 4096;

/** Bytes of the longest number with a comma; and of work, and of what is written beyond the end. */
const LONGEST = 25;
const WORK = 64;

let asked = 0;
let isThere = false;

/** Doubles as JSON.stringify writes them, −0 as such; null where it is to do that: for few, for none that are finite, for more than there is room for. */
export function spelt(loops: Loops, values: Float64Array): string | null {
  asked += values.length;
  if (asked < WORTH_A_TABLE) return null;
  const { numbers, bytes, tens, spellRow } = loops;
  if (!isThere) setPowersOfTen(loops);
  const start = 8 * values.length + WORK;
  if (start + LONGEST * values.length + WORK > tens || values.length > numbers.length) return null;
  numbers.set(values);
  const end = spellRow(0, values.length, start, tens);
  return end === 0 ? null : bytes.toString("latin1", start, end);
}

/** ⌈10^k·2^e⌉ of 128 bits, the upper word first. */
function setPowersOfTen({ bytes, tens }: Loops): void {
  for (let k = FIRST; k <= LAST; k++) {
    const ten = 10n ** BigInt(Math.abs(k));
    const length = BigInt(ten.toString(2).length);
    const [over, under] = k < 0 ? [1n << (length + 127n), ten] : [ten << 128n, 1n << length];
    const power = (over + under - 1n) / under;
    bytes.writeBigUInt64LE(power >> 64n, tens + 16 * (k - FIRST));
    bytes.writeBigUInt64LE(power & (2n ** 64n - 1n), tens + 16 * (k - FIRST) + 8);
  }
  isThere = true;
}
