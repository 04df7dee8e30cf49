/** Dyadic rationals m·2^e, exactly: sums and products of doubles without a rounding. */
export interface Dyadic {
  readonly m: bigint;
  readonly e: number;
}

export const NOTHING: Dyadic = { m: 0n, e: 0 };

/** a · 2^exponent */
export function dyadic(a: number, exponent = 0): Dyadic {
  if (a === 0) return NOTHING;
  let [m, e] = [a, exponent];
  while (!Number.isInteger(m)) {
    m *= 2 ** 53;
    e -= 53;
  }
  return { m: BigInt(m), e };
}

export function add(a: Dyadic, b: Dyadic): Dyadic {
  if (a.m === 0n || b.m === 0n) return a.m === 0n ? b : a;
  const e = Math.min(a.e, b.e);
  return { m: (a.m << BigInt(a.e - e)) + (b.m << BigInt(b.e - e)), e };
}

export function multiply(a: Dyadic, b: Dyadic): Dyadic {
  return a.m === 0n || b.m === 0n ? NOTHING : { m: a.m * b.m, e: a.e + b.e };
}

export function size({ m, e }: Dyadic): Dyadic {
  return { m: m < 0n ? -m : m, e };
}

/** a − b */
export function minus(a: Dyadic, b: Dyadic): Dyadic {
  return add(a, { m: -b.m, e: b.e });
}

/** log₂ of its size, to 15 digits; −Infinity for zero. */
export function log2(a: Dyadic): number {
  const digits = size(a).m.toString(2);
  return a.m === 0n
    ? Number.NEGATIVE_INFINITY
    : Math.log2(Number(`0b${digits.slice(0, 64)}`)) + Math.max(0, digits.length - 64) + a.e;
}

/** left · right by its definition. */
export function productOf(left: readonly (readonly Dyadic[])[], right: readonly (readonly Dyadic[])[]): Dyadic[][] {
  return left.map((row) =>
    right[0]!.map((_, c) => row.reduce((sum, entry, k) => add(sum, multiply(entry, right[k]![c]!)), NOTHING)),
  );
}

/** Whether x·I − AᵀA is positive definite, so that ‖A‖² < x: all leading minors are positive, by Bareiss's exact elimination. */
export function isAboveSquaredNorm(x: Dyadic, matrix: readonly (readonly Dyadic[])[]): boolean {
  const columns = matrix[0]!.map((_, c) => matrix.map((row) => row[c]!));
  const rest = columns.map((a, r) =>
    columns.map((b, c) =>
      minus(
        r === c ? x : NOTHING,
        productOf(
          [a],
          b.map((entry) => [entry]),
        )[0]![0]!,
      ),
    ),
  );
  const least = Math.min(...rest.flat().map(({ m, e }) => (m === 0n ? Number.POSITIVE_INFINITY : e)));
  const integers = rest.map((row) => row.map(({ m, e }) => (m === 0n ? 0n : m << BigInt(e - least))));
  let before = 1n;
  for (let k = 0; k < integers.length; k++) {
    const pivot = integers[k]![k]!;
    if (pivot <= 0n) return false;
    for (let r = k + 1; r < integers.length; r++) {
      for (let c = k + 1; c < integers.length; c++) {
        integers[r]![c] = (integers[r]![c]! * pivot - integers[r]![k]! * integers[k]![c]!) / before;
      }
    }
    before = pivot;
  }
  return true;
}
