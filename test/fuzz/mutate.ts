import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Draws of one seed. */
export class Dice {
  readonly #generator;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(Math.imul(seed + 1, 0x9e3779b1));
  }

  /** An integer in [0, end). */
  below(end: number): number {
    return Math.floor(end * uniformFloat64(this.#generator));
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }
}

/** Numbers at which a size, an offset or a count goes wrong. */
const EDGES = [
  ...[0, 1, 2, 3, 7, 8, 127, 128, 255, 256, 2 ** 15, 2 ** 16 - 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32],
  ...[100_000_000, 2 ** 48, 2 ** 53 - 1, 2 ** 53, 2 ** 63, -1, -8],
];

/** Pieces of the texts in headers, right ones in the wrong place among them. */
const TOKENS = [
  ...['"', "{", "}", "[", "]", "(", ")", ",", ":", "'", "\\", " ", "-", ".", "1e999", "null", "true", "True", "None"],
  ...[
    "'|O'",
    "'>f8'",
    "'<f2'",
    "'<U9'",
    '"F16"',
    '"BF16"',
    '"I8"',
    '"F4"',
    '"dtype"',
    '"__proto__"',
    "[[[[[[[[",
    "\xff",
  ],
];

type Mutation = (bytes: Buffer, at: number, dice: Dice) => Uint8Array;

const MUTATIONS: readonly Mutation[] = [
  (bytes, at, dice) => replace(bytes, at, 1, Buffer.of((bytes[at] ?? 0) ^ (1 << dice.below(8)))),
  (bytes, at, dice) => replace(bytes, at, 1, Buffer.of(dice.pick([0, 1, 0x7f, 0x80, 0xff, dice.below(256)]))),
  (bytes, at, dice) => {
    const width = dice.pick([2, 4, 8]);
    const edge = Buffer.alloc(8);
    edge.writeBigInt64LE(BigInt.asIntN(64, BigInt(dice.pick(EDGES))));
    return replace(bytes, at, width, edge.subarray(0, width));
  },
  // a number in text, the next one behind here
  (bytes, at, dice) => {
    const run = /-?[0-9]+/.exec(bytes.toString("latin1", at, at + 200));
    return run ? replace(bytes, at + run.index, run[0].length, Buffer.from(String(dice.pick(EDGES)))) : bytes;
  },
  (bytes, at, dice) => replace(bytes, at, dice.below(4), Buffer.from(dice.pick(TOKENS), "latin1")),
  (bytes, at, dice) => replace(bytes, at, dice.below(40), Buffer.alloc(0)),
  (bytes, at, dice) => replace(bytes, at, 0, bytes.subarray(at, at + dice.below(80))),
  (bytes, at, dice) => replace(bytes, at, dice.below(40), piece(bytes, dice)),
  (bytes, at) => bytes.subarray(0, at),
];

/** Bytes with one to four mutations, most of them near the beginning or the end, where headers and directories are. */
export function mutate(original: Uint8Array, dice: Dice): Uint8Array {
  let bytes = Buffer.from(original);
  for (let k = dice.pick([1, 1, 1, 2, 3, 4]); k > 0; k--) {
    const near = dice.below(Math.min(bytes.length, 400) + 1);
    const at = dice.pick([near, near, bytes.length - near, bytes.length - near, dice.below(bytes.length + 1)]);
    bytes = Buffer.from(dice.pick(MUTATIONS)(bytes, at, dice));
  }
  return new Uint8Array(bytes);
}

function replace(bytes: Buffer, at: number, length: number, by: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.subarray(0, at), by, bytes.subarray(at + length)]);
}

function piece(bytes: Buffer, dice: Dice): Uint8Array {
  const from = dice.below(bytes.length + 1);
  return bytes.subarray(from, from + dice.below(80));
}
