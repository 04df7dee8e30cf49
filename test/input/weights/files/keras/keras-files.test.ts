import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { DlstmError } from "../../../../../src/errors.ts";
import { readCellFile } from "../../../../../src/input/open-cell.ts";
import type { Choice } from "../../../../../src/input/weights/conventions/choices.ts";
import { listWeights } from "../../../../../src/input/weights/read-file.ts";
import { GATES } from "../../../../../src/lstm/names.ts";
import { withFile } from "../../../../helpers/with-file.ts";

type Matrix = readonly (readonly number[])[];

interface GoldenCell {
  readonly flags: readonly string[];
  readonly reverse: boolean;
  readonly tolerance: number;
  readonly [weight: `W_${string}` | `U_${string}` | `b_${string}`]: unknown;
}

interface GoldenFile {
  readonly file: string;
  readonly assumed: boolean;
  readonly cells: readonly GoldenCell[];
  readonly refused: readonly { readonly flags: readonly string[]; readonly words: readonly string[] }[];
}

/** What fixtures/golden/weights_keras_files.py had Keras write, with what Keras has in its layers. */
const FILES = [2, 3].flatMap((version): GoldenFile[] => {
  return JSON.parse(readFileSync(`fixtures/golden/keras-files-${version}.json`, "utf8")).files;
});

function choiceOf(flags: readonly string[]): Choice {
  const after = (flag: string) => (flags.includes(flag) ? flags[flags.indexOf(flag) + 1] : undefined);
  const layer = after("--layer");
  return {
    prefix: after("--prefix"),
    layer: layer === undefined ? undefined : Number(layer),
    reverse: flags.includes("--reverse") || undefined,
  };
}

const read = (file: string, flags: readonly string[]) =>
  withFile(`fixtures/weights/${file}`, (source) => readCellFile(source, choiceOf(flags)));

const cells = FILES.flatMap(({ file, assumed, cells }) =>
  cells.map((cell) => ({ file, assumed, cell, flags: cell.flags.join(" ") })),
);

test.each(cells)("$file $flags is the cell that Keras has", async ({ file, assumed, cell: expected }) => {
  const cell = await read(file, expected.flags);
  const { tolerance } = expected;
  const within = (found: ArrayLike<number>, wanted: readonly number[]) => {
    expect(found).toHaveLength(wanted.length);
    if (tolerance === 0) expect(Array.from(found)).toEqual(wanted);
    else for (const [k, value] of wanted.entries()) expect(Math.abs(found[k] - value)).toBeLessThanOrEqual(tolerance);
  };
  for (const gate of GATES) {
    const { W, U, b } = cell.gates[gate]!;
    within(W!.data, (expected[`W_${gate}`] as Matrix).flat());
    within(U.data, (expected[`U_${gate}`] as Matrix).flat());
    within(b!, expected[`b_${gate}`] as number[]);
  }
  expect(cell.reverse).toBe(expected.reverse);
  expect(cell.assumedActivation).toBe(assumed ? "sigmoid" : undefined);
});

const refused = FILES.flatMap(({ file, refused }) => refused.map((one) => ({ file, ...one })));

test.each(refused)("$file $flags is refused by name: $words", async ({ file, flags, words }) => {
  const error = await read(file, flags).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DlstmError);
  for (const word of words) expect((error as DlstmError).message).toContain(word);
});

describe("a list of what a file holds", () => {
  const list = (file: string) => withFile(`fixtures/weights/${file}`, (source) => listWeights(source));

  test("names layers as Keras does, tells what is refused, and leaves out the optimiser", async () => {
    const { tensors, cells } = await list("keras/3.keras");
    expect(tensors.map(({ name }) => name)).toContain("both/forward_encoder/recurrent_kernel");
    expect(cells.map(({ flags, reverse, refused }) => [flags, reverse, refused !== null])).toEqual([
      ["--prefix both/backward_encoder", true, false],
      ["--prefix both/forward_encoder", false, false],
      ["--prefix hard", false, true],
    ]);
    const trained = (await list("keras/2.h5")).tensors.map(({ name }) => name.replace(/:0$/, ""));
    const own = ["bias", "kernel", "recurrent_kernel"];
    expect(trained).toEqual(["first", "second"].flatMap((layer) => own.map((name) => `${layer}/${name}`)));
  });

  test("every flag that it gives chooses its cell", async () => {
    for (const { file } of FILES) {
      for (const { flags, refused } of (await list(file)).cells) {
        if (refused === null) expect((await read(file, flags.split(" "))).hiddenSize).toBeGreaterThan(0);
      }
    }
  });
});
