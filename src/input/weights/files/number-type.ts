/** How files store numbers: which types are read, and what is said of the others. */

import { excerpt } from "../../excerpt.ts";

/** The types whose entries are read, with the bytes of one. */
export const FLOAT_BYTES = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  F8_E4M3: 1,
  F8_E5M2: 1,
  F8_E4M3FNUZ: 1,
  F8_E5M2FNUZ: 1,
} as const;
export type FloatType = keyof typeof FLOAT_BYTES;

/** Whether the bytes of such entries are numbers that are read. */
export function isFloatType(type: string): type is FloatType {
  return Object.hasOwn(FLOAT_BYTES, type);
}

/** numpy's type of Python objects; old versions wrote their size behind it. */
const PICKLED = /^[|<>=]?O\d*$/;

/** Whether the entries are Python objects: only a pickle holds them, and reading one runs what it says. */
export function isPickled(type: string): boolean {
  return PICKLED.test(type);
}

/** The types of an ONNX node's inputs that whoever runs the model gives, or that are computed from quantised ones. */
export const GIVEN = "given";
export const DEQUANTISED = "dequantised";

const NOT_STORED: ReadonlyMap<string, string> = new Map([
  [GIVEN, "no weights in this file: an input of the model, not stored in it; expected a model with its weights"],
  [DEQUANTISED, "computed from quantised weights; expected the model as it was before"],
]);

/** The type of an ONNX node's input that other nodes compute or that a caller gives: it stands in no file. */
export const COMPUTED = "computed";

/** What stands in HDF5 where an array would, and leads elsewhere. */
export const ELSEWHERE: ReadonlySet<string> = new Set([
  ...["a soft link", "an external link", "an unknown link"],
  ...["external storage", "a virtual dataset", "a named datatype"],
]);

/** What torch.save writes of tensors whose numbers are not one strided array in the file, and what to save instead. */
const NOT_STRIDED: ReadonlyMap<string, string> = new Map([
  ["a sparse tensor", "expected a dense one, tensor.to_dense()"],
  ["a meta tensor", "which has a shape and no numbers; expected a model that has its weights"],
  ["a negated view", "whose numbers stand in the file with the other sign; expected tensor.resolve_neg()"],
  ["a conjugated view", "expected real numbers"],
  ["a nested tensor", "expected one tensor a weight"],
  ["a tensor of its own class", "expected one that torch.Tensor holds"],
  ["a numpy array in a pickle", "expected a tensor, torch.as_tensor(array)"],
]);

/** Whether something like a tensor stands there whose numbers are not read. */
export function isNotStrided(type: string): boolean {
  return NOT_STRIDED.has(type);
}

/** What a type holds that is not read, the first row that fits. */
const KINDS: readonly (readonly [type: RegExp, kind: string])[] = [
  [/^Q[IU][0-9]+$/, "quantised"],
  [/^[IU][0-9]+$/, "integers, perhaps quantised"],
  [/^BOOL$/, "truth values"],
  [/^C[0-9]+$/, "complex numbers"],
  [/^F8_E8M0$/, "powers of two, the scales of quantised numbers"],
  [/^F[46](_|$)/, "numbers of a few bits, quantised with scales beside them"],
  [/^F[0-9]/, "floats that are not read"],
  [/V2$/, "raw bytes; bfloat16 arrays are saved so"],
];

/**
 * Why entries of this type are no weights as they stand, and what to do; null where they are. Decimal text is JSON.
 * @param file its name, as a shell takes it
 */
export function typeFault(type: string, file = "model.onnx"): string | null {
  if (type === "JSON" || isFloatType(type)) return null;
  const notStored = NOT_STORED.get(type);
  if (notStored !== undefined) return notStored;
  if (type === COMPUTED) {
    return `computed by the model, not stored in it; fold its constants first: python -m onnxsim ${file} folded.onnx`;
  }
  if (ELSEWHERE.has(type)) {
    return `${type}, which is not followed; expected the numbers themselves, as h5py's create_dataset(name, data=array) stores them`;
  }
  const instead = NOT_STRIDED.get(type);
  if (instead !== undefined) return `${type}, ${instead}`;
  if (isPickled(type)) {
    return "Python objects, a pickle, which is never loaded; save arrays of numbers, one a name: numpy.savez(path, **arrays)";
  }
  const kind = KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? "no real numbers";
  return `${excerpt(type)} (${kind}), expected F64, F32, F16, BF16 or F8; convert it to float first`;
}
