/**
 * safetensors: 8 bytes N (little-endian), N bytes of JSON, then the tensors' bytes, C order, little-endian.
 * The rules are those of the format's README and of its reference reader (safetensors/src/tensor.rs).
 */

import { failure, withProblems } from "../../../errors.ts";
import { describeValue, excerpt } from "../../excerpt.ts";
import { type Crowd, parseJson } from "../../json.ts";
import { isObject } from "../../objects.ts";
import { decodeText, LineCounter } from "../../text.ts";
import type { ByteSource, Tensor } from "../tensor.ts";
import { lazyTensor, readFloats } from "./floats.ts";
import { entryCount, isCount } from "./shape.ts";

/** As in the reference reader. */
const MOST_HEADER_BYTES = 100_000_000;

/**
 * How often a character may stand in a header. 2^17 tensors, many times those of any model, may stand there; the format's
 * limit alone lets in millions, which take ten seconds and gigabytes.
 */
const MOST_IN_HEADER: Crowd = [
  ["{", 2 ** 17 + 2],
  ["[", 2 ** 19],
  ['"', 12 * 2 ** 17],
  [",", 2 ** 21],
];

/** Every type of the format, with the bits of one entry. */
const TYPE_BITS: ReadonlyMap<unknown, number> = new Map([
  ...["F4"].map((type) => [type, 4] as const),
  ...["F6_E2M3", "F6_E3M2"].map((type) => [type, 6] as const),
  ...["BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ"].map((t) => [t, 8] as const),
  ...["I16", "U16", "F16", "BF16"].map((type) => [type, 16] as const),
  ...["I32", "U32", "F32"].map((type) => [type, 32] as const),
  ...["C64", "F64", "I64", "U64"].map((type) => [type, 64] as const),
]);

/** What the header says of one tensor; begin and end count from behind the header. */
interface Entry {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * The tensors in the order of the header. Only the header is read; entries where they are asked for, by position.
 *
 * @throws {DlstmError} syntax, encoding, duplicate-key, shape or too-large: what the format forbids, at the tensor's name.
 */
export function readSafetensors(source: ByteSource): Tensor[] {
  const length = headerLength(source);
  const start = 8 + length;
  const entries = parseHeader(source.read(8, length));
  rejectGaps(entries, source.size - start);
  return entries.map((entry) =>
    lazyTensor(entry, (type, taker) =>
      readFloats(source, start + entry.begin, entry.end - entry.begin, type, true, taker),
    ),
  );
}

function headerLength(source: ByteSource): number {
  const { size } = source;
  if (size < 8) throw failure("syntax", `${size} bytes, expected the 8 bytes of the header's length`);
  const head = source.read(0, 8);
  const length = new DataView(head.buffer, head.byteOffset, 8).getBigUint64(0, true);
  if (length > MOST_HEADER_BYTES) {
    throw failure("too-large", `a header of ${length} bytes, expected at most ${MOST_HEADER_BYTES}`);
  }
  if (length > size - 8) {
    throw failure("syntax", `a header of ${length} bytes, but only ${size - 8} follow: truncated?`);
  }
  return Number(length);
}

function parseHeader(bytes: Uint8Array): Entry[] {
  if (bytes[0] !== 0x7b) throw failure("syntax", "the header must begin with {", { place: "header" });
  const [text, header] = withProblems(
    () => {
      const text = decodeText(bytes);
      return [text, parseJson(text, MOST_IN_HEADER) as Record<string, unknown>] as const;
    },
    (problem) => ({ ...problem, place: problem.place === null ? "header" : `header, ${problem.place}` }),
  );
  const entries: Entry[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name === "__metadata__") checkMetadata(value);
    else entries.push(parseEntry(name, value));
  }
  rejectFractions(text);
  return entries;
}

/** A length or an offset that is not written in digits alone, in a header whose arrays are all of integers. */
const FRACTION = /(?<!\\)"(shape|data_offsets)"\s*:\s*\[([\d\s,]*[^\d\s,\]][^\s,\]]*)/;

/** 1.0, 8e0 and -0 are integers to JSON.parse, and none to the reference reader. */
function rejectFractions(text: string): void {
  const found = FRACTION.exec(text);
  if (found === null) return;
  const number = excerpt(found[2].replace(/^.*[\s,]/s, ""));
  const message = `${number} in ${found[1]}, expected an integer in digits alone`;
  throw failure("syntax", message, { place: `header, ${new LineCounter(text).placeAt(found.index)}` });
}

function checkMetadata(value: unknown): void {
  // as MLX writes it
  if (value === null) return;
  const place = "__metadata__";
  if (!isObject(value)) throw failure("syntax", `${describeValue(value)}, expected an object`, { place });
  for (const [key, text] of Object.entries(value)) {
    if (typeof text === "string") continue;
    throw failure("syntax", `${describeValue(text)}, expected text`, { place: `${place}.${excerpt(key)}` });
  }
}

function parseEntry(name: string, value: unknown): Entry {
  const wrong = (key: string, is: string, expected: string) =>
    failure("syntax", `${key} is ${is}, expected ${expected}`, { place: excerpt(name) });
  if (!isObject(value)) throw wrong("the entry", describeValue(value), "an object with dtype, shape and data_offsets");
  const { dtype, shape, data_offsets: offsets } = value;
  const bits = TYPE_BITS.get(dtype);
  if (bits === undefined) throw wrong("dtype", describeValue(dtype), `one of ${[...TYPE_BITS.keys()].join(", ")}`);
  if (!isCounts(shape)) throw wrong("shape", describeValue(shape), "an array of integers from 0 on");
  if (!isCounts(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) {
    throw wrong("data_offsets", describeValue(offsets), "[begin, end] with 0 <= begin <= end");
  }
  const [begin, end] = offsets;
  const count = entryCount(shape);
  if (count === null || count * bits !== (end - begin) * 8) {
    const [most, many] = [8, shape.length > 8 ? ", …" : ""];
    const needed = count === null ? "more than 2^53 entries" : `${(count * bits) / 8} bytes`;
    const message = `[${shape.slice(0, most).join(", ")}${many}] of ${dtype} is ${needed}, data_offsets span ${end - begin}`;
    throw failure("shape", message, { place: excerpt(name) });
  }
  return { name, type: dtype as string, shape, begin, end };
}

/** The tensors must fill the bytes behind the header, each beginning where the one before ends. */
function rejectGaps(entries: readonly Entry[], length: number): void {
  let end = 0;
  for (const entry of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (entry.begin !== end) {
      const message = `begins at byte ${entry.begin}, expected ${end}: ${entry.begin < end ? "an overlap" : "a hole"}`;
      throw failure("syntax", message, { place: excerpt(entry.name) });
    }
    end = entry.end;
  }
  if (end === length) return;
  const message = `the tensors end at byte ${end} of ${length} behind the header: ${end > length ? "truncated?" : "what follows?"}`;
  throw failure("syntax", message);
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(isCount);
}
