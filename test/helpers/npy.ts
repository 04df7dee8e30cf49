/** A .npy file with the given header text, padded as numpy pads it, and bytes behind it. */
export function npy(header: string, data: Uint8Array = new Uint8Array(), { major = 1, minor = 0 } = {}): Uint8Array {
  const lengthBytes = major === 1 ? 2 : 4;
  const text = Buffer.from(header, major === 3 ? "utf8" : "latin1");
  const padded = Buffer.concat([
    text,
    Buffer.alloc(63 - ((8 + lengthBytes + text.length) % 64), " "),
    Buffer.from("\n"),
  ]);
  const length = Buffer.alloc(lengthBytes);
  length.writeUIntLE(padded.length, 0, lengthBytes);
  return new Uint8Array(
    Buffer.concat([Buffer.from("\x93NUMPY", "latin1"), Buffer.of(major, minor), length, padded, data]),
  );
}

/** The array of doubles, C order. */
export function npyOf(shape: string, values: readonly number[]): Uint8Array {
  const data = new Uint8Array(Float64Array.from(values).buffer);
  return npy(`{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}, }`, data);
}
