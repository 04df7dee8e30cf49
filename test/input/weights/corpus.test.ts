/** Files that frameworks wrote, as they were saved: each cell as its framework has it, or the reason why there is none. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DlstmError } from "../../../src/errors.ts";
import { readCellFile } from "../../../src/input/open-cell.ts";
import type { Choice } from "../../../src/input/weights/conventions/choices.ts";
import type { Convention } from "../../../src/input/weights/conventions/convention.ts";
import type { ByteSource } from "../../../src/input/weights/tensor.ts";
import type { Cell } from "../../../src/lstm/cell.ts";
import { forward } from "../../../src/lstm/forward.ts";
import { GATES } from "../../../src/lstm/names.ts";
import { withFile } from "../../helpers/with-file.ts";

type Matrix = readonly (readonly number[])[];

interface ExpectedCell {
  readonly flags: readonly string[];
  readonly direction: "forward" | "reverse";
  readonly state: Record<"x_t" | "h_prev" | "c_prev", number[]>;
  readonly h_t: number[];
  readonly c_t: number[];
  readonly tolerance: number;
  readonly [weight: `W_${string}` | `U_${string}` | `b_${string}`]: unknown;
}

interface Expected {
  readonly main: string;
  readonly cells: readonly ExpectedCell[];
  readonly weights_tolerance?: number;
  readonly note: string | null;
  readonly refuse: { readonly must_name: readonly string[] } | null;
}

const CORPUS = join(import.meta.dirname, "../../../../shared/data/files");
/** The kinds whose readers stand. */
const KINDS = ["torch", "mlx", "mxnet", "json", "onnx", "tfjs", "flax", "keras", "tflite"];
/** Holds a cell that is refused by the name of its kind. */
const REFUSED: Readonly<Record<string, string>> = { "tflite/lstm": "TFLite" };

const files = (existsSync(CORPUS) ? KINDS : []).flatMap((kind) =>
  readdirSync(join(CORPUS, kind)).map((name) => {
    const folder = join(CORPUS, kind, name);
    const expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as Expected;
    return { name: `${kind}/${name}`, path: join(folder, expected.main), expected };
  }),
);
const cells = files
  .filter(({ name }) => REFUSED[name] === undefined)
  .flatMap(({ expected, ...file }) => {
    const { weights_tolerance = 0 } = expected;
    const goesBackwards = /go_backwards/.test(expected.note ?? "");
    return expected.cells.map((cell) => ({
      ...file,
      cell,
      weights_tolerance,
      goesBackwards,
      flags: cell.flags.join(" "),
    }));
  });
const refused = files.flatMap(({ name, path, expected }) => {
  const words = REFUSED[name] === undefined ? expected.refuse?.must_name : [REFUSED[name]];
  return words === undefined ? [] : [{ name, path, words }];
});

/** Files that lie: one error, or what is sound of them; beside them stands nothing that was not there before. */
const HOSTILE_KINDS = /^(pickle|tensor|zip)-/;
const hostile = (existsSync(CORPUS) ? readdirSync(join(CORPUS, "hostile")) : [])
  .filter((name) => HOSTILE_KINDS.test(name))
  .map((name) => {
    const folder = join(CORPUS, "hostile", name);
    const { main } = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as Expected;
    return { name, folder, main };
  });

/** The flags of a command line as the library takes them. */
function choiceOf(flags: readonly string[]): Choice {
  const after = (flag: string) => (flags.includes(flag) ? flags[flags.indexOf(flag) + 1] : undefined);
  const layer = after("--layer");
  return {
    from: after("--from") as Convention | undefined,
    prefix: after("--prefix"),
    layer: layer === undefined ? undefined : Number(layer),
    reverse: flags.includes("--reverse") ? true : undefined,
    recurrentActivation: after("--recurrent-activation") as "sigmoid" | undefined,
  };
}

function read(path: string, choice: Choice, state: object = {}): Promise<Cell> {
  const overrides = { stateFile: { json: state, file: "expected.json" }, flags: [] };
  return withFile(path, (source) => readCellFile(source, choice, overrides));
}

function expectWithin(found: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(found).toHaveLength(expected.length);
  const off = expected.map((value, k) => Math.abs(found[k] - value));
  if (tolerance === 0) expect(Array.from(found)).toEqual(expected);
  else expect(Math.max(...off)).toBeLessThanOrEqual(tolerance);
}

test.skipIf(files.length === 0)("the corpus of files is beside this folder (else its tests are left out)", () => {
  expect(new Set(files.map(({ name }) => name.replace(/\/.*/, "")))).toEqual(new Set(KINDS));
});

describe.skipIf(files.length === 0)("the files that frameworks wrote", () => {
  test.each(cells)("$name $flags has the weights and the step of its framework", async (one) => {
    const { path, cell: expected, weights_tolerance, goesBackwards } = one;
    const cell = await read(path, choiceOf(expected.flags), expected.state);
    // the corpus calls the cell forward that reads x backwards
    expect(cell.reverse).toBe(expected.direction === "reverse" || goesBackwards);
    for (const gate of GATES) {
      const { W, U, b } = cell.gates[gate]!;
      const rows = (matrix: unknown) => (matrix as Matrix).flat();
      expectWithin(W!.data, rows(expected[`W_${gate}`]), weights_tolerance);
      expectWithin(U.data, rows(expected[`U_${gate}`]), weights_tolerance);
      const bias = expected[`b_${gate}`] as number[] | null | undefined;
      expectWithin(b ?? new Float64Array(U.rows), bias ?? new Array(U.rows).fill(0), weights_tolerance);
    }
    const { h_t, c_t } = forward(cell);
    expectWithin(h_t!, expected.h_t, expected.tolerance);
    expectWithin(c_t!, expected.c_t, expected.tolerance);
  });

  test.each(hostile)("$name ends in one error, and in no more", async ({ folder, main }) => {
    const before = readdirSync(folder);
    const read: [start: number, length: number][] = [];
    const error = await withFile(join(folder, main), async (source) => {
      const counted: ByteSource = {
        ...source,
        read(start, length, room) {
          read.push([start, length]);
          return source.read(start, length, room);
        },
      };
      return readCellFile(counted).then(
        () => null,
        (thrown: unknown) => thrown,
      );
    });
    expect(error).toBeInstanceOf(DlstmError);
    expect((error as DlstmError).count).toBe(1);
    // no more of the file than it has, a few times over
    const bytes = read.reduce((sum, [, length]) => sum + length, 0);
    expect(bytes).toBeLessThan(16 * statSync(join(folder, main)).size);
    expect(readdirSync(folder)).toEqual(before);
  });

  test.each(refused)("$name is refused by name: $words", async ({ path, words }) => {
    const error = await read(path, {}).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(DlstmError);
    const { message } = error as DlstmError;
    for (const word of words) expect(message.toLowerCase()).toContain(word.toLowerCase());
  });
});
