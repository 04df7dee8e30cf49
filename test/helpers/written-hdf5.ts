import { readFileSync } from "node:fs";

interface Written {
  readonly base64: string;
  readonly tensors: Readonly<Record<string, { shape: number[]; values: number[] }>>;
}

/** The files that test/input/weights/files/hdf5/written.py had h5py write, with what h5py reads from them. */
export const HDF5: Readonly<Record<string, Written>> = JSON.parse(
  readFileSync("test/input/weights/files/hdf5/written.json", "utf8"),
).files;

export function hdf5Bytes(name: string): Uint8Array {
  return new Uint8Array(Buffer.from(HDF5[name].base64, "base64"));
}
