/** Floating-point types of 16 and 8 bits, as the doubles that they are. */

/** IEEE 754 binary16: ±(1024 + m)·2^(e−25), ±m·2^−24 where e = 0, infinite or NaN where e = 31. */
export function halfToDouble(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * POWERS[exponent];
}

const POWERS = Float64Array.from({ length: 31 }, (_, exponent) => 2 ** (exponent - 25));

/** float8 by its bits: E5M2 is the upper half of a binary16. */
const E5M2 = Float64Array.from({ length: 256 }, (_, bits) => halfToDouble(bits << 8));

/** E4M3 (FN): ±(8 + m)·2^(e−10), ±m·2^−9 where e = 0, NaN where all of its bits are 1; no infinity (OCP FP8, 2023). */
const E4M3 = Float64Array.from({ length: 256 }, (_, bits) => {
  const exponent = (bits >> 3) & 15;
  const fraction = bits & 7;
  if (exponent === 15 && fraction === 7) return Number.NaN;
  const magnitude = exponent === 0 ? fraction * 2 ** -9 : (8 + fraction) * 2 ** (exponent - 10);
  return bits & 0x80 ? -magnitude : magnitude;
});

/**
 * FNUZ, finite and without a zero below zero, whose bits are those of NaN: ±(2^p + m)·2^(e−p−bias), ±m·2^(1−p−bias) where
 * e = 0, with p bits of m (Noune et al. 2022, arXiv:2206.02915).
 */
function fnuz(p: number, bias: number): Float64Array {
  return Float64Array.from({ length: 256 }, (_, bits) => {
    if (bits === 0x80) return Number.NaN;
    const [exponent, fraction] = [(bits & 127) >> p, bits & (2 ** p - 1)];
    const magnitude =
      exponent === 0 ? fraction * 2 ** (1 - p - bias) : (2 ** p + fraction) * 2 ** (exponent - p - bias);
    return bits & 0x80 ? -magnitude : magnitude;
  });
}

/** The value of each byte. */
export const FLOAT8 = { F8_E4M3: E4M3, F8_E5M2: E5M2, F8_E4M3FNUZ: fnuz(3, 8), F8_E5M2FNUZ: fnuz(2, 16) } as const;

const scratch = new DataView(new ArrayBuffer(4));

/** bfloat16: the upper half of a binary32. */
export function bfloatToDouble(bits: number): number {
  scratch.setUint32(0, bits << 16);
  return scratch.getFloat32(0);
}
