/** A file of safetensors: 8 bytes of length, the header as JSON, then the tensors' bytes, doubles in little-endian order. */
import { littleEndian, type WrittenTensor } from "./written-tensor.ts";

/** The format wants no alignment; that of doubles spares its readers a copy. */
const ALIGNMENT = 8;

/** The file piece by piece. */
export function* safetensorsChunks(tensors: readonly WrittenTensor[]): Generator<Uint8Array> {
  let end = 0;
  const entries = tensors.map(({ name, shape, values }) => {
    const begin = end;
    end += values.length * 8;
    return [name, { dtype: "F64", shape, data_offsets: [begin, end] }] as const;
  });
  const text = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const header = Buffer.alloc(Math.ceil(text.length / ALIGNMENT) * ALIGNMENT, " ");
  text.copy(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  yield length;
  yield header;
  for (const { values } of tensors) yield littleEndian(values);
}
