/** What of a pickle is a tensor of PyTorch (torch/_utils.py, torch/serialization.py), still only as the pickle says it. */

import { type DlstmError, failure } from "../../../../errors.ts";
import { Global, Made, Persistent } from "../pickle/values.ts";
import { isCount } from "../shape.ts";
import { type NotStrided, notStrided, viewOf } from "./not-strided.ts";

/** A storage: numbers one after another, which several tensors may share. */
export interface StorageName {
  /** `0`, or an address. */
  readonly key: string;
  /** F32, …; U8 where the tensor tells the type. */
  readonly type: string;
  /** Of one entry. */
  readonly bytes: number;
  /** How many entries the pickle says there are. */
  readonly count: number;
  /** Where this one begins in the storage of the key. */
  readonly start: number;
}

export interface TorchTensor {
  readonly storage: StorageName;
  readonly type: string;
  /** In entries, as the strides are. */
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/** The types of typed storages and the bytes of an entry, by the names of their classes. */
const STORAGE_TYPES: ReadonlyMap<string, readonly [type: string, bytes: number]> = new Map([
  ...(
    [
      ["DoubleStorage", "F64"],
      ["LongStorage", "I64"],
      ["ComplexFloatStorage", "C64"],
    ] as const
  ).map(of(8)),
  ...(
    [
      ["FloatStorage", "F32"],
      ["IntStorage", "I32"],
      ["QInt32Storage", "QI32"],
    ] as const
  ).map(of(4)),
  ...(
    [
      ["HalfStorage", "F16"],
      ["BFloat16Storage", "BF16"],
      ["ShortStorage", "I16"],
    ] as const
  ).map(of(2)),
  ...(
    [
      ["CharStorage", "I8"],
      ["ByteStorage", "U8"],
      ["BoolStorage", "BOOL"],
      ["UntypedStorage", "U8"],
    ] as const
  ).map(of(1)),
  ...(
    [
      ["QInt8Storage", "QI8"],
      ["QUInt8Storage", "QU8"],
      ["QUInt4x2Storage", "QU4"],
      ["QUInt2x4Storage", "QU2"],
    ] as const
  ).map(of(1)),
  ...([["ComplexDoubleStorage", "C128"]] as const).map(of(16)),
]);

function of(bytes: number) {
  return ([name, type]: readonly [string, string]) => [name, [type, bytes]] as const;
}

/** The types of tensors of untyped storages, by the names of torch's dtypes. */
const DTYPES: Readonly<Record<string, string>> = {
  ...{ float32: "F32", float64: "F64", float16: "F16", bfloat16: "BF16" },
  ...{ float8_e4m3fn: "F8_E4M3", float8_e5m2: "F8_E5M2", float8_e4m3fnuz: "F8_E4M3FNUZ" },
  ...{ float8_e5m2fnuz: "F8_E5M2FNUZ", float8_e8m0fnu: "F8_E8M0", float4_e2m1fn_x2: "F4" },
  ...{ int64: "I64", int32: "I32", int16: "I16", int8: "I8", uint8: "U8", uint16: "U16", uint32: "U32", uint64: "U64" },
  ...{ bool: "BOOL", complex64: "C64", complex128: "C128" },
};

/** What wraps a tensor, its first argument: a parameter, with or without attributes; a tensor that goes back to its device. */
const WRAPPERS = new Set([
  "torch._utils._rebuild_parameter",
  "torch._utils._rebuild_parameter_with_state",
  "torch._utils._rebuild_device_tensor_from_cpu_tensor",
  "torch._utils._rebuild_device_tensor_from_numpy",
  "torch._utils._rebuild_xla_tensor",
  "torch.nn.parameter.Parameter",
  "torch.nn.parameter.Buffer",
]);

/** @throws {DlstmError} syntax, where what should be a tensor is none; null for any other value. */
export function tensorOf(value: unknown): TorchTensor | NotStrided | null {
  if (!(value instanceof Made)) return null;
  const { path } = value;
  const args = Array.isArray(value.args) ? value.args : [];
  if (WRAPPERS.has(path)) return tensorOf(args[0]);
  if (path === "torch._tensor._rebuild_from_type_v2") {
    // (function, class, its arguments, state) of a subclass of Tensor
    return args[0] instanceof Global ? tensorOf(new Made(args[0], args[2])) : null;
  }
  switch (path) {
    case "torch._utils._rebuild_tensor":
    case "torch._utils._rebuild_tensor_v2":
      return rebuilt(args, storageOf(args[0]).type, args[6]);
    case "torch._utils._rebuild_tensor_v3":
      return rebuilt(args, dtypeOf(args[6]), args[7]);
    case "torch._utils._rebuild_qtensor":
      return rebuilt(args, storageOf(args[0]).type);
    default:
      return notStrided(value);
  }
}

function rebuilt(
  [storage, offset, shape, strides]: readonly unknown[],
  type: string,
  metadata?: unknown,
): TorchTensor | NotStrided {
  if (!isCount(offset) || !isCounts(shape) || !isCounts(strides) || shape.length !== strides.length) {
    throw damaged("a tensor whose offset, sizes and strides are no integers from 0 on");
  }
  return viewOf(metadata, shape) ?? { storage: storageOf(storage), type, offset, shape, strides };
}

/** ("storage", class, key, location, count), of which the location, `cuda:0`, is only where it once stood. */
export function storageOf(value: unknown): StorageName {
  const id = value instanceof Persistent && Array.isArray(value.id) ? value.id : [];
  const [word, storageClass, key, , count, view] = id;
  if (word !== "storage" || !(storageClass instanceof Global) || typeof key !== "string" || !isCount(count)) {
    throw damaged("a tensor without a storage");
  }
  if (!/^\d{1,20}$/.test(key))
    throw damaged(`a storage whose key is ${JSON.stringify(key.slice(0, 40))}, expected digits`);
  // of legacy files: the key, offset and size of a storage that is a part of another
  const start = Array.isArray(view) ? view[1] : 0;
  if (!isCount(start)) throw damaged("a storage that begins nowhere in another");
  const [type, bytes] = STORAGE_TYPES.get(storageClass.name) ?? [];
  if (type === undefined || bytes === undefined)
    throw damaged(`a storage of the class ${storageClass.path.slice(0, 80)}`);
  return { key, type, bytes, count, start };
}

function dtypeOf(value: unknown): string {
  const type = value instanceof Global && value.module === "torch" ? DTYPES[value.name] : undefined;
  if (type === undefined) throw damaged("a tensor of a type that torch has not");
  return type;
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length <= MOST_AXES && value.every(isCount);
}

/** As many as torch lets a tensor have. */
const MOST_AXES = 64;

function damaged(message: string): DlstmError {
  return failure("syntax", `damaged file of torch.save: ${message}`);
}

/** Of a tensor's type. */
export function bytesPerEntry(type: string): number {
  const typed = [...STORAGE_TYPES.values()].find(([name]) => name === type)?.[1];
  const bits = Number(/^[A-Z]+(\d+)/.exec(type)?.[1] ?? 8);
  return typed ?? Math.max(1, bits / 8);
}
