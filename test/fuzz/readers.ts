import { readdirSync, readFileSync } from "node:fs";
import { readHdf5 } from "../../src/input/weights/files/hdf5/file.ts";
import { readNpyFile } from "../../src/input/weights/files/numpy/npy.ts";
import { readNpz } from "../../src/input/weights/files/numpy/npz.ts";
import { readSafetensors } from "../../src/input/weights/files/safetensors.ts";
import { ZipArchive } from "../../src/input/weights/files/zip/archive.ts";
import { readWeights } from "../../src/input/weights/read-file.ts";
import type { ByteSource, Tensor } from "../../src/input/weights/tensor.ts";
import { byteSource } from "../helpers/byte-source.ts";
import { npyOf } from "../helpers/npy.ts";
import { WRITTEN, writtenBytes } from "../helpers/written-bytes.ts";
import { hdf5Bytes, HDF5 as WRITTEN_HDF5 } from "../helpers/written-hdf5.ts";
import { zip } from "../helpers/zip.ts";
import { type Dice, mutate } from "./mutate.ts";

export interface Reader {
  readonly name: string;
  /** A malformed file, or one that is still right. */
  file(dice: Dice): Uint8Array;
  read(source: ByteSource): readonly Tensor[] | Promise<readonly Tensor[]>;
}

const samples = (pattern: RegExp) => WRITTEN.filter((name) => pattern.test(name)).map(writtenBytes);

const SAFETENSORS = samples(/^safetensors/);
const NPY = [...samples(/^npy/), npyOf("(2, 3)", [1, 2, 3, 4, 5, 6])];
const FIXTURES = readdirSync("fixtures/weights");
const fixtures = (pattern: RegExp) =>
  FIXTURES.filter((name) => pattern.test(name)).map((name) => bytesOf(`fixtures/weights/${name}`));
const ONNX = [
  ...samples(/^onnx/),
  ...fixtures(/^onnx-(branches|function|loop|(dynamo-)?unfolded)\.onnx$/),
  bytesOf("fixtures/weights/onnx-external/model.onnx"),
];
const FLAX = fixtures(/\.msgpack$/);
const TFJS = bytesOf("fixtures/weights/tfjs-model/model.json");
/** What the files name beside them, whatever becomes of them. */
const BESIDE = Object.fromEntries(
  ["onnx-external/model.onnx.data", "tfjs-model/group1-shard1of2.bin", "tfjs-model/group1-shard2of2.bin"].map(
    (path) => [path.replace(/^.*\//, ""), bytesOf(`fixtures/weights/${path}`)],
  ),
);
const NPZ = [
  ...samples(/^npz|^torch\.save$/),
  zip([{ name: "a.npy", data: npyOf("(2,)", [1, 2]), deflated: true, zip64: true }], { zip64: true }),
  zip([{ name: "a.npy", data: npyOf("()", [1]) }], { comment: "comment" }),
];

const TORCH = readdirSync("fixtures/weights/torch").map((name) => bytesOf(`fixtures/weights/torch/${name}`));
/** The members of those that are zip files, to be mutated one by one. */
const ARCHIVES = TORCH.filter((bytes) => bytes[0] === 0x50).map((bytes) => {
  const archive = new ZipArchive(byteSource(bytes));
  return archive.members.map(({ name }) => {
    const member = archive.open(name);
    return { name, data: member.read(0, member.size) };
  });
});

function bytesOf(path: string): Uint8Array {
  return new Uint8Array(readFileSync(path));
}
const HDF5 = Object.keys(WRITTEN_HDF5).map(hdf5Bytes);
const KERAS = readdirSync("fixtures/weights/keras").map((name) => bytesOf(`fixtures/weights/keras/${name}`));

/** Each reader of a kind of file; all of its tensors are asked for their values. */
export const READERS: readonly Reader[] = [
  { name: "safetensors", file: mutatedSafetensors, read: readSafetensors },
  { name: "npy", file: (dice) => mutate(dice.pick(NPY), dice), read: (source) => [readNpyFile(source)] },
  { name: "npz", file: mutatedNpz, read: (source) => readNpz(source) },
  {
    name: "onnx",
    file: (dice) => mutate(dice.pick(ONNX), dice),
    read: readAll,
  },
  { name: "Flax", file: (dice) => mutate(dice.pick(FLAX), dice), read: readAll },
  { name: "TensorFlow.js", file: (dice) => mutate(TFJS, dice), read: readAll },
  { name: "PyTorch", file: mutatedTorch, read: async (source) => (await readWeights(source)).tensors },
  { name: "hdf5", file: (dice) => mutatedHdf5(HDF5, dice), read: (source) => readHdf5(source).tensors },
  {
    name: "keras",
    file: (dice) => mutatedHdf5(KERAS, dice),
    read: async (source) => (await readWeights(source)).tensors,
  },
  {
    name: "any",
    file: (dice) =>
      mutate(dice.pick([...SAFETENSORS, ...NPY, ...ONNX, ...NPZ, ...TORCH, ...FLAX, TFJS, ...KERAS]), dice),
    read: async (source) => (await readWeights(source)).tensors,
  },
];

/** By the reader of its kind, with files beside it. */
async function readAll(source: ByteSource): Promise<readonly Tensor[]> {
  const { file, size } = source;
  const read = (start: number, length: number) => source.read(start, length);
  return (await readWeights({ ...byteSource(new Uint8Array(), file, BESIDE), size, read })).tensors;
}

/** Half of them with the length of the header put right, so that the JSON in it is reached. */
function mutatedSafetensors(dice: Dice): Uint8Array {
  const original = dice.pick(SAFETENSORS);
  if (dice.below(2) === 0) return mutate(original, dice);
  const headerEnd = 8 + Number(new DataView(original.buffer).getBigUint64(0, true));
  const header = mutate(original.subarray(8, headerEnd), dice);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return new Uint8Array(Buffer.concat([length, header, original.subarray(headerEnd)]));
}

/** What begins most structures of HDF5, which stand all over a file. */
const STRUCTURES = /TREE|SNOD|HEAP|GCOL|OHDR|OCHK|FRHP|FHIB|FHDB|BTHD|BTIN|BTLF|FAHD|FADB/g;

/** Half of them malformed in a structure or right behind it. */
function mutatedHdf5(samples: readonly Uint8Array[], dice: Dice): Uint8Array {
  const original = dice.pick(samples);
  const starts = Array.from(Buffer.from(original).toString("latin1").matchAll(STRUCTURES), ({ index }) => index);
  if (starts.length === 0 || dice.below(2) === 0) return mutate(original, dice);
  const at = dice.pick(starts);
  const end = at + dice.pick([32, 64, 256, 1024]);
  const parts = [original.subarray(0, at), mutate(original.subarray(at, end), dice), original.subarray(end)];
  return new Uint8Array(Buffer.concat(parts));
}

/** A third of them with a right directory and a malformed array within. */
function mutatedNpz(dice: Dice): Uint8Array {
  if (dice.below(3) > 0) return mutate(dice.pick(NPZ), dice);
  const data = mutate(dice.pick(NPY), dice);
  return zip([{ name: "a.npy", data, deflated: dice.below(2) === 0, zip64: dice.below(2) === 0 }]);
}

/** Two thirds of them with a right directory and a malformed member within: a pickle, a table, a storage. */
function mutatedTorch(dice: Dice): Uint8Array {
  if (dice.below(3) === 0) return mutate(dice.pick(TORCH), dice);
  const members = dice.pick(ARCHIVES);
  const told = members.filter(({ name }) => /\.(pkl|json)$/.test(name));
  const mutated = dice.pick(dice.below(4) === 0 ? members : told);
  const changed = members.map((one) => (one === mutated ? { ...one, data: mutate(one.data, dice) } : one));
  return zip(changed.map((one) => ({ ...one, deflated: dice.below(4) === 0 })));
}
