/** The types that numpy, JAX and TensorFlow.js call by name. */
export interface NamedType {
  /** As the readers call it: F32, BF16, I8, …; of another type its own name. */
  readonly type: string;
  /** null: told by nothing in the name. */
  readonly bytesPerEntry: number | null;
}

const LETTERS: Readonly<Record<string, string>> = { float: "F", bfloat: "BF", int: "I", uint: "U", complex: "C" };

/** `bfloat16` is BF16 of 2 bytes, `float8_e4m3fn` F8_E4M3 of 1, `bool` BOOL of 1. */
export function namedType(dtype: string): NamedType {
  if (dtype === "bool") return { type: "BOOL", bytesPerEntry: 1 };
  const small = /^float8_(e\d+m\d+(?:b\d+)?)(fn)?(uz)?$/.exec(dtype);
  if (small) return { type: `F8_${small[1].toUpperCase()}${small[3] ? "FNUZ" : ""}`, bytesPerEntry: 1 };
  const found = /^([a-z]+)(8|16|32|64|128)$/.exec(dtype);
  const letter = found && Object.hasOwn(LETTERS, found[1]) ? LETTERS[found[1]] : null;
  if (found === null || letter === null) return { type: dtype, bytesPerEntry: null };
  return { type: letter + found[2], bytesPerEntry: Number(found[2]) / 8 };
}
