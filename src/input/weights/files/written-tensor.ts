/** Row by row. */
export interface WrittenTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** Doubles as files have them, least byte first. */
export function littleEndian(values: Float64Array): Uint8Array {
  const bytes = Buffer.alloc(values.length * 8);
  values.forEach((value, k) => {
    bytes.writeDoubleLE(value, 8 * k);
  });
  return bytes;
}
