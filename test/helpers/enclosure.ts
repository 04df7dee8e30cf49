/**
 * Interval arithmetic over the operations of doubles: what a computed number can be, and how far it can be from the number that
 * exact operations on exact operands would give. Rounded to nearest, an operation is off by at most u = 2^-53 of its result.
 */
export interface Enclosure {
  /** The largest |computed|. */
  readonly size: number;
  readonly error: number;
}

const U = 2 ** -53;
/** What the roundings of these bounds themselves take. */
const GROWN = 1 + 2 ** -40;

/** A number of up to this size, exactly known. */
export const upTo = (size: number): Enclosure => ({ size, error: 0 });

/** What rounding leaves of a result of up to this size: its error is a number that is known exactly. */
export const errorOf = (size: number): Enclosure => ({ size: size * U * GROWN, error: 0 });

const rounded = (size: number, error: number): Enclosure => ({
  size: size * (1 + U) * GROWN,
  error: (error + size * U) * GROWN,
});

/** fl(a + b), or fl(a − b) */
export const plus = (a: Enclosure, b: Enclosure): Enclosure => rounded(a.size + b.size, a.error + b.error);

/** fl(a · b) */
export const times = (a: Enclosure, b: Enclosure): Enclosure =>
  rounded(a.size * b.size, a.size * b.error + b.size * a.error + a.error * b.error);

/** fl(a / b) for |b| of at least so much */
export const over = (a: Enclosure, b: Enclosure, least: number): Enclosure =>
  rounded(a.size / least, a.error / least + (a.size * b.error) / (least * (least - b.error)));
