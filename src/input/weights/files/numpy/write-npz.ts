/** A file as numpy.savez writes it: a zip archive with an array of doubles, NAME.npy, for each tensor. */
import { littleEndian, type WrittenTensor } from "../written-tensor.ts";
import { storedZipChunks } from "../zip/write-stored.ts";

/** The header and what stands before it end at a multiple of so many bytes. Source: numpy.lib.format, version 1.0. */
const ALIGNMENT = 64;
const MAGIC = Buffer.from("\x93NUMPY\x01\x00", "latin1");
const LENGTH_BYTES = 2;

/**
 * The file piece by piece.
 * @throws {DlstmError} too-large, of 4 GiB or more.
 */
export function npzChunks(tensors: readonly WrittenTensor[]): Generator<Uint8Array> {
  return storedZipChunks(
    tensors.map(({ name, shape, values }) => {
      const head = npyHead(shape);
      const bytes = () => Buffer.concat([head, littleEndian(values)]);
      return { name: `${name}.npy`, size: head.length + 8 * values.length, bytes };
    }),
  );
}

/** All before the numbers, which follow row by row. */
function npyHead(shape: readonly number[]): Buffer {
  // a tuple of one has a comma behind it
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const text = `{'descr': '<f8', 'fortran_order': False, 'shape': ${tuple}, }`;
  const before = MAGIC.length + LENGTH_BYTES;
  const end = Math.ceil((before + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt16LE(end - before);
  return Buffer.concat([MAGIC, length, Buffer.from(`${text.padEnd(end - before - 1)}\n`, "latin1")]);
}
