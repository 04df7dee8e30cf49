/** Every kind of file as a row, in the order in which they are told apart. */

import { onlyTensors } from "../weights.ts";
import {
  beginsAsLegacyTorch,
  beginsAsSafetensors,
  beginsWith,
  looksCompressed,
  looksLikeMsgpackMap,
  looksLikeOnnx,
  looksLikePickle,
  looksLikeSafetensors,
  looksLikeText,
} from "./first-bytes.ts";
import { looksLikeCoreMl, looksLikeGraph, looksLikeSavedModel } from "./first-messages.ts";
import { findSuperblock } from "./hdf5/signature.ts";
import { isShardIndex } from "./keras/shard-index.ts";
import { type Kind, PLAIN_JSON } from "./kind.ts";
import { isTfjsModel } from "./tfjs/model.ts";

const FROM_PICKLE =
  "where you trust it, in Python: import pickle, torch; torch.save({k: torch.as_tensor(v) for k, v in pickle.load(open(FILE, 'rb')).items()}, 'weights.pt')";
const FROM_MXNET =
  "in Python: import mxnet, numpy; numpy.savez('weights.npz', **{k: v.asnumpy() for k, v in mxnet.nd.load(FILE).items()})";

/** What the tables of LevelDB end with. */
const SSTABLE_MAGIC = "\x57\xfb\x80\x8b\x24\x75\x47\xdb";

const safetensors = async () => {
  const { readSafetensors } = await import("./safetensors.ts");
  return ({ source }: { source: Parameters<typeof readSafetensors>[0] }) => onlyTensors(readSafetensors(source));
};

export const KIND_TABLE: readonly Kind[] = [
  // first of all: the length that a header begins with may be any other kind's first bytes
  { name: "safetensors", is: ({ first }) => beginsAsSafetensors(first), reader: safetensors },
  {
    name: "PyTorch",
    is: (file) => file.hasMember(/(^|\/)data\.pkl$/),
    reader: async () => (await import("./torch/torch.ts")).readTorchFile,
  },
  {
    name: "PyTorch",
    is: (file) =>
      file.hasMember(/(^|\/)data\/weights\/(model_weights_config\.json|model\.pt)$/) ||
      file.hasMember(/(^|\/)serialized_state_dict\.(pt|json)$/),
    reader: async () => (await import("./torch/exported.ts")).readExported,
  },
  {
    name: "Keras",
    is: (file) => file.hasMember(/\.weights\.h5$/),
    reader: async () => (await import("./keras/read.ts")).readKerasArchive,
  },
  {
    name: "npz",
    is: ({ isZip }) => isZip,
    reader: async () => {
      const { readNpz } = await import("./numpy/npz.ts");
      return ({ source, members }) => onlyTensors(readNpz(source, members));
    },
  },
  {
    name: "npy",
    is: ({ first }) => first.startsWith("\x93NUMPY"),
    reader: async () => {
      const { readNpyFile } = await import("./numpy/npy.ts");
      return ({ source }) => onlyTensors([readNpyFile(source)]);
    },
  },
  {
    name: "PyTorch",
    is: ({ first }) => beginsAsLegacyTorch(first),
    reader: async () => (await import("./torch/torch.ts")).readTorchLegacy,
  },
  {
    name: "a Python pickle that torch.save did not write, which is never loaded",
    is: ({ first }) => looksLikePickle(first),
    remedy: FROM_PICKLE,
  },
  {
    name: "a file of MXNet's parameters",
    is: ({ first }) => first.startsWith("\x12\x01\0\0\0\0\0\0"),
    remedy: FROM_MXNET,
  },
  {
    name: "the index of a TensorFlow checkpoint, whose numbers are in another file",
    is: (file) => file.endsWith(SSTABLE_MAGIC),
    remedy: "expected the .keras or .h5 file of the model: model.save('model.keras')",
  },
  {
    name: "a part of a TensorFlow SavedModel, whose numbers are in its folder variables",
    is: ({ first }) => looksLikeSavedModel(first),
    remedy: "expected the .keras or .h5 file of the model: model.save('model.keras')",
  },
  {
    name: "a frozen graph of TensorFlow, whose LSTM is a loop over arrays without names",
    is: ({ first }) => looksLikeGraph(first),
    remedy: "expected the .keras or .h5 file of the model: model.save('model.keras')",
  },
  {
    name: "a Core ML model",
    is: ({ first }) => looksLikeCoreMl(first),
    remedy: "expected the PyTorch or Keras file that it was converted from",
  },
  {
    name: "a GGUF file",
    is: ({ first }) => beginsWith(first, ["GGUF\x01\0\0\0", "GGUF\x02\0\0\0", "GGUF\x03\0\0\0"]),
    remedy: "export the weights to safetensors",
  },
  {
    name: "a MATLAB file",
    // a file of MATLAB 7.3 is HDF5 behind these words
    is: ({ first }) => beginsWith(first, ["MATLAB 5.0 MAT-file", "MATLAB 7.3 MAT-file"]),
    remedy: "in MATLAB: writelines(jsonencode(weights), 'weights.json')",
  },
  {
    name: "a TFLite file",
    is: ({ first }) => first.slice(4, 8) === "TFL3",
    remedy: "its LSTM is a loop over arrays without names; expected the .keras or .h5 file that it was converted from",
  },
  {
    name: "an ONNX Runtime (ORT) file",
    is: ({ first }) => first.slice(4, 8) === "ORTM",
    remedy: "expected the .onnx file that it was converted from",
  },
  {
    name: "an ExecuTorch program",
    is: ({ first }) => /^ET\d\d$/.test(first.slice(4, 8)),
    remedy: "expected the model that it was made from: torch.save(model.state_dict(), 'model.pt')",
  },
  {
    name: "HDF5",
    is: ({ source, json }) => json === undefined && findSuperblock(source) !== null,
    reader: async () => (await import("./keras/read.ts")).readHdf5File,
  },
  { name: "compressed data", is: ({ first }) => looksCompressed(first), remedy: "unpack it first" },
  // a length beyond the format's limit, which its reader refuses by name
  { name: "safetensors", is: ({ first }) => looksLikeSafetensors(first), reader: safetensors },
  {
    name: "Flax msgpack",
    is: ({ first }) => looksLikeMsgpackMap(first),
    reader: async () => (await import("./flax/read.ts")).readFlax,
  },
  {
    name: "TensorFlow.js",
    is: ({ json }) => isTfjsModel(json),
    reader: async () => (await import("./tfjs/read.ts")).readTfjs,
  },
  {
    name: "ONNX",
    is: ({ first }) => looksLikeOnnx(first),
    reader: async () => (await import("./onnx/onnx.ts")).readOnnxFile,
  },
  {
    name: "safetensors",
    is: ({ json }) => isShardIndex(json),
    reader: async () => (await import("./sharded.ts")).readShards,
  },
  {
    name: PLAIN_JSON,
    is: ({ json }) => json !== undefined,
    reader: async () => {
      const { jsonContents } = await import("./json-tensors.ts");
      return ({ json }) => jsonContents(json);
    },
  },
  {
    name: PLAIN_JSON,
    is: ({ first }) => looksLikeText(first),
    reader: async () => {
      const { readOtherText } = await import("./other-text.ts");
      return (file) => readOtherText(file, expectedKinds());
    },
  },
];

/** `expected JSON, safetensors or ONNX`: all that are read. */
export function expectedKinds(): string {
  const names = KIND_TABLE.flatMap((kind) => ("reader" in kind ? [kind.name] : []));
  const each = [...new Set([PLAIN_JSON, ...names])];
  return `expected ${each.slice(0, -1).join(", ")} or ${each.at(-1)}`;
}
