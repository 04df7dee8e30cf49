/** HDF5 files whose structures lie, one field at a time: of their addresses, counts and lengths each is set to what leads astray. */
import { expect, test } from "vitest";
import { DlstmError } from "../../../../../src/errors.ts";
import { readHdf5 } from "../../../../../src/input/weights/files/hdf5/file.ts";
import { byteSource } from "../../../../helpers/byte-source.ts";
import { hdf5Bytes } from "../../../../helpers/written-hdf5.ts";

const STRUCTURES = /\x89HDF|TREE|SNOD|HEAP|GCOL|OHDR|OCHK|FRHP|FHDB|BTHD|BTIN|BTLF|FAHD|FADB/g;
/** Behind the letters of a structure stand its versions, counts and addresses. */
const FIELDS = 56;
/** As often as structures may be read, and once the numbers. */
const MOST_READINGS = 6;

/** What is written over a field: the place itself, the file's end, more than any file has; of two bytes all of their bits. */
function lies(at: number, size: number): Buffer[] {
  const wide = [at, size, 2 ** 47].map((value) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    return bytes;
  });
  return [...wide, Buffer.from([255, 255])];
}

function outcomeOf(bytes: Uint8Array): { error: unknown; bytesRead: number } {
  const source = byteSource(bytes);
  try {
    for (const tensor of readHdf5(source).tensors) {
      try {
        tensor.values();
      } catch (error) {
        if (!(error instanceof DlstmError)) return { error, bytesRead: source.bytesRead };
      }
    }
    return { error: null, bytesRead: source.bytesRead };
  } catch (error) {
    return { error, bytesRead: source.bytesRead };
  }
}

test.each(["cyclic", "cyclic, latest", "early", "early, latest", "elsewhere", "elsewhere, latest", "chunks"])(
  "every field of %s that lies ends in one line, and in as much work as the file is long",
  (name) => {
    const bytes = hdf5Bytes(name);
    const found = [...Buffer.from(bytes).toString("latin1").matchAll(STRUCTURES)];
    // the first and the last of each kind
    const ends = [found, found.toReversed()].map(
      (some) => new Map(some.map(({ 0: letters, index }) => [letters, index])),
    );
    const starts = new Set(ends.flatMap((kinds) => [...kinds.values()]));
    expect(starts.size).toBeGreaterThan(2);
    let refused = 0;
    for (const start of starts) {
      for (let at = start; at < Math.min(start + FIELDS, bytes.length - 8); at += 4) {
        for (const lie of lies(start, bytes.length)) {
          const changed = Buffer.from(bytes);
          lie.copy(changed, at);
          const { error, bytesRead } = outcomeOf(new Uint8Array(changed));
          const where = `${lie.toString("hex")} at byte ${at}`;
          expect(error === null || error instanceof DlstmError, `${where}: ${error}`).toBe(true);
          expect((error as Error | null)?.message ?? "", where).not.toContain("\n");
          expect(bytesRead, where).toBeLessThan(MOST_READINGS * Math.max(bytes.length, 2 ** 14));
          if (error !== null) refused += 1;
        }
      }
    }
    expect(refused).toBeGreaterThan(20);
  },
);
