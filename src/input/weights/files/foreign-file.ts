/** Files of weights that are not read, and how to write one that is. */

/** One kind of file: by its first bytes, or by the members of a zip file. */
interface Foreign {
  readonly name: string;
  readonly remedy: string;
}

const FROM_KERAS =
  "in Python: import json; json.dump({'config': layer.get_config(), **{w.name: a.tolist() for w, a in zip(layer.weights, layer.get_weights())}}, open('lstm.json', 'w'))";
const FROM_TORCH =
  "in Python: import torch; from safetensors.torch import save_file; save_file(torch.load('FILE', weights_only=True), 'weights.safetensors')";

/** What a pickle of protocol 2 to 5 begins with: the protocol, then the first opcode of an object. */
const PICKLES = ["\x80\x02", "\x80\x03", "\x80\x04", "\x80\x05"].flatMap((protocol) =>
  Array.from("\x88\x89\x8a\x8b\x8f\x95(])}BCGIJKLMNSTUVXc", (opcode) => protocol + opcode),
);

/** Enough of each kind that no other begins so. */
const BY_FIRST_BYTES: readonly (readonly [first: readonly string[], foreign: Foreign])[] = [
  [["\x89HDF\r\n\x1a\n"], { name: "an HDF5 file (Keras .h5)", remedy: FROM_KERAS }],
  [PICKLES, { name: "a Python pickle, which is never loaded", remedy: FROM_TORCH }],
  [
    ["GGUF\x01\0\0\0", "GGUF\x02\0\0\0", "GGUF\x03\0\0\0"],
    { name: "a GGUF file", remedy: "export the weights to safetensors" },
  ],
  [
    ["MATLAB 5.0 MAT-file"],
    { name: "a MATLAB file", remedy: "in MATLAB: writelines(jsonencode(weights), 'weights.json')" },
  ],
  [
    ["\x1f\x8b\x08", ...Array.from("123456789", (level) => `BZh${level}1AY&SY`), "\xfd7zXZ\0", "\x28\xb5\x2f\xfd"],
    { name: "compressed data", remedy: "unpack it first" },
  ],
];

const BY_MEMBER: readonly (readonly [member: RegExp, foreign: Foreign])[] = [
  [/(^|\/)data\.pkl$/, { name: "a file of torch.save, which holds a Python pickle", remedy: FROM_TORCH }],
  [/\.weights\.h5$/, { name: "a Keras file", remedy: FROM_KERAS }],
];

/** What the first bytes, one character each, say of the file; null: nothing. */
export function foreignByFirstBytes(first: string): string | null {
  return describe(BY_FIRST_BYTES.find(([starts]) => starts.some((start) => first.startsWith(start)))?.[1]);
}

/** What the members of a zip file say of it; null: nothing. */
export function foreignByMembers(names: readonly string[]): string | null {
  return describe(BY_MEMBER.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1]);
}

function describe(foreign: Foreign | undefined): string | null {
  return foreign ? `${foreign.name}; ${foreign.remedy}` : null;
}
