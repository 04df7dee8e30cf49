import { expect, test } from "vitest";
import { kindOf } from "../../../../src/input/weights/files/kinds.ts";
import { OpenedFile } from "../../../../src/input/weights/files/opened.ts";
import { readWeights } from "../../../../src/input/weights/read-file.ts";
import { byteSource, laterProblemOf } from "../../../helpers/byte-source.ts";
import { expectWritten } from "../../../helpers/written.ts";
import { writtenBytes } from "../../../helpers/written-bytes.ts";
import { zip } from "../../../helpers/zip.ts";

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const kind = (bytes: Uint8Array) => kindOf(new OpenedFile(byteSource(bytes))).name;
const open = (bytes: Uint8Array, file?: string) => readWeights(byteSource(bytes, file));

test.each([
  ["safetensors", "safetensors"],
  ["npz stored", "npz"],
  ["npz deflated", "npz"],
  ["torch.save", "PyTorch"],
  ["torch.save before 1.6", "PyTorch"],
  ["onnx raw", "ONNX"],
  ["onnx lists", "ONNX"],
])("%s is told by its bytes, whatever its name", async (name, expected) => {
  expect(kind(writtenBytes(name))).toBe(expected);
  const { tensors } = await open(writtenBytes(name), "weights.json");
  if (expected === "PyTorch") expect(tensors).toMatchObject([{ name: "weight_ih", type: "F32", shape: [2] }]);
  else if (expected !== "ONNX") expectWritten(name, tensors);
});

test.each([
  ["a pickle's", 0x0480],
  ["an old pickle's", 0x0280],
  ["gzip's", 0x8b1f],
  ["a list's", 0x5b],
  ["an object's", 0x227b],
  ["ONNX's", 0x120808],
])("safetensors whose length begins with %s first bytes stays what it is", async (_, length) => {
  const header = '{"W":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}'.padEnd(length);
  const bytes = new Uint8Array(16 + length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(length), true);
  bytes.set(new TextEncoder().encode(header), 8);
  view.setFloat64(8 + length, 1.25, true);
  expect(kind(bytes)).toBe("safetensors");
  const { tensors } = await open(bytes, "weights.pkl");
  expect(tensors).toMatchObject([{ name: "W", shape: [1] }]);
  expect(tensors[0].values()).toEqual(Float64Array.of(1.25));
});

test("an .npy file is told by its bytes", async () => {
  expect(kind(writtenBytes("npy 1.0"))).toBe("npy");
  expect(await open(writtenBytes("npy 1.0"))).toMatchObject({ tensors: [{ shape: [2, 3], type: "F64" }] });
});

test.each(['{"a":[1]}', "  \n[1]", '\xef\xbb\xbf{"a":[1]}', '{"größe":1}'])("JSON is parsed: %j", (text) => {
  const bytes = text.startsWith("\xef") ? latin1(text) : new TextEncoder().encode(text);
  const json = JSON.parse(text.replace("\xef\xbb\xbf", ""));
  expect(kind(bytes)).toBe("JSON");
  expect(new OpenedFile(byteSource(bytes)).json).toEqual(json);
});

test.each([
  ["", "syntax", "line 1, column 1"],
  ["W_f: [1]", "syntax", "line 1, column 1"],
  ["{'a': 1}", "syntax", "line 1, column 2"],
  ['{"a":1,"a":2}', "duplicate-key", "a"],
  ["\xff\xfe{\0}\0", "encoding", null],
  ["{\0}\0", "encoding", null],
  ["\0{\0}", "encoding", null],
  ['{"\xe9":1}', "encoding", "byte 2"],
  ['{"na\xefv":{"U_f":1}}', "encoding", "byte 4"],
])("text keeps the errors of JSON: %j", async (text, code, place) => {
  expect(await laterProblemOf(open(latin1(text)))).toMatchObject({ code, place });
});

test.each([
  [
    latin1("\x80\x04\x95\x0a\0\0\0\0\0\0\0}"),
    "unsupported",
    /^a Python pickle.*pickle\.load\(open\('weights', 'rb'\)\)/,
  ],
  [latin1("\x12\x01\0\0\0\0\0\0\0\0"), "unsupported", /^a file of MXNet's parameters; in Python: .*load\('weights'\)/],
  [latin1("\0\x01\x02\x57\xfb\x80\x8b\x24\x75\x47\xdb"), "unsupported", /^the index of a TensorFlow checkpoint/],
  [latin1("\x80\x03]q\0."), "unsupported", /^a Python pickle/],
  [latin1("\x80\x02\0\0\0\0\0\0"), "syntax", /^no kind of file that is known/],
  [latin1("BZh91AY&SY\0"), "unsupported", /unpack it/],
  [latin1("BZhello\0"), "syntax", /^no kind of file that is known/],
  [latin1("GGUF is a format"), "syntax", /expected JSON, safetensors/],
  [latin1("\x89HDF\r\n\x1a\n\0\0"), "syntax", /^damaged HDF5 file: the superblock at byte 0/],
  [zip([{ name: "model.weights.h5", data: new Uint8Array() }]), "syntax", /^no signature of an HDF5 file/],
  [latin1("GGUF\x03\0\0\0"), "unsupported", /^a GGUF file/],
  [latin1("MATLAB 5.0 MAT-file"), "unsupported", /jsonencode/],
  [latin1("MATLAB 7.3 MAT-file"), "unsupported", /jsonencode/],
  // the first bytes of TensorFlow 2.21's and 2.12's saved_model.pb, keras_metadata.pb, and of a frozen graph
  [
    latin1("\x08\x01\x12\xa9\xa9\x03\n\x9c\x1c\x12\xec\x1b\nD\n\x05AddV2"),
    "unsupported",
    /^a part of a TensorFlow SavedModel/,
  ],
  [
    latin1("\x08\x01\x12\xd2\x93+\n\xe1\x1a\x12\xb4\x1a\nD\n\x05AddV2"),
    "unsupported",
    /model\.save\('model\.keras'\)$/,
  ],
  [
    latin1('\n\xaf\x1a\x1a\x04root"\x14_tf_keras_sequential*\x8a\x1a{"name'),
    "unsupported",
    /^a part of a TensorFlow Sav/,
  ],
  [
    latin1("\n?\n\x01x\x12\x0bPlaceholder*\x0b\n\x05dtype"),
    "unsupported",
    /^a frozen graph of TensorFlow.*model\.keras/,
  ],
  [
    latin1("\x08\x05\x12\x85\x01\n\x10\n\x01x\x1a\x0b"),
    "unsupported",
    /^a Core ML model; expected the PyTorch or Keras/,
  ],
  [latin1("\x20\0\0\0ORTM\0\0"), "unsupported", /^an ONNX Runtime \(ORT\) file; expected the \.onnx file/],
  [latin1("\x20\0\0\0ET12\0\0"), "unsupported", /^an ExecuTorch program; expected .*torch\.save/],
  [latin1("\x08\x08\x12\x07pytorch\x1a\x01"), "syntax", /^byte \d|0 graphs|varint|message/],
  [latin1("\x1c\0\0\0TFL3"), "unsupported", /^a TFLite file.*expected the \.keras or \.h5 file/],
  [latin1("\x1f\x8b\x08\0"), "unsupported", /unpack it/],
  [latin1("# A heading\n"), "syntax", /^a comment, which JSON never has; expected JSON, safetensors, .* or ONNX$/],
  [latin1("\x7fELF\0\0\0\0"), "syntax", /expected JSON, safetensors, .* or ONNX$/],
  [latin1("\xff\xff\xff\xff\xff\xff\xff\x7f{}"), "too-large", /a header of/],
  [latin1('\xff\xff\xff\xff\xff\xff\xff\xff{"W":{}}'), "too-large", /a header of 18446744073709551615 bytes/],
  [latin1("\x01\0\0\0\0\0\0\x10{}"), "too-large", /a header of 1152921504606846977 bytes/],
])("what is not read is told by name, with what to do: %#", async (bytes, code, message) => {
  expect(await laterProblemOf(open(bytes))).toMatchObject({ code, message: expect.stringMatching(message) });
});
