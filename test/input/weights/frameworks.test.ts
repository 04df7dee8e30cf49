/** The readers against the frameworks: files that they wrote themselves, and their own h_t and c_t of one step. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { DlstmError } from "../../../src/errors.ts";
import { readCellFile } from "../../../src/input/open-cell.ts";
import { parseCell } from "../../../src/input/parse-cell.ts";
import type { Choice } from "../../../src/input/weights/conventions/choices.ts";
import type { Convention } from "../../../src/input/weights/conventions/convention.ts";
import { readWeights } from "../../../src/input/weights/read-file.ts";
import type { Cell } from "../../../src/lstm/cell.ts";
import { forward } from "../../../src/lstm/forward.ts";
import { byteSource } from "../../helpers/byte-source.ts";
import { fixture } from "../../helpers/fixtures.ts";

interface Written {
  readonly file: string;
  readonly from: Convention;
  readonly framework: string;
}
type State = Record<"x_t" | "h_prev" | "c_prev", number[]>;
interface CellGolden extends Written {
  readonly prefix: string | null;
  readonly layer: number | null;
  readonly reverse: boolean;
  /** The same cell in our own form. */
  readonly cell: string;
  readonly dtype: "float64" | "float32";
  readonly state: State;
  readonly h_t: number[];
  readonly c_t: number[];
}
interface Golden {
  readonly cells: CellGolden[];
  readonly refused: (Written & { readonly reason: keyof typeof REASONS })[];
  readonly tensors: (Written & { readonly type: string; readonly shape: number[]; readonly values: number[] })[];
}

const golden = fixture<Golden>("golden/weights.json");

/** What a user is told, by what makes the cell another one. */
const REASONS = {
  gru: /the shape of a GRU \(3H\), expected the 4H of an LSTM$/,
  rnn: /the shape of a simple RNN \(H\), expected the 4H of an LSTM$/,
  hard_sigmoid: /hard_?sigmoid.* its slope is 1\/6 in Keras 3, 0\.2 in .* expected sigmoid/i,
  clip: /clip: 3, which clips the pre-activations; expected a plain LSTM cell/,
  input_forget: /input_forget: 1, which couples the gates/,
  peepholes: /: P: peephole weights/,
  relu: /"Sigmoid, Relu, Tanh", other activations; expected a plain LSTM cell/,
  pickle: /Python objects, a pickle, which is never loaded; save arrays of numbers/,
  int8: /I8 \(integers, perhaps quantised\), expected F64, F32, F16, BF16 or F8/,
  negated:
    /bias_ih_l0: a negated view, whose numbers stand in the file with the other sign; expected tensor\.resolve_neg/,
  sparse: /weight_hh_l0: a sparse tensor, expected a dense one, tensor\.to_dense\(\)$/,
  meta: /weight_ih_l0: a meta tensor, which has a shape and no numbers/,
  numpy: /weight_ih_l0: a numpy array in a pickle, expected a tensor/,
  "projection-module": /weight_hr_l0: a projection of h; expected/,
  projection: /weight_hr_l0: a projection of h; expected/,
} as const;

const bytesOf = (file: string) => new Uint8Array(readFileSync(new URL(`../../../${file}`, import.meta.url)));
/** A file, and where it has a folder of its own the others in it. */
function sourceOf(file: string) {
  const [folder] = /^fixtures\/weights\/(?!refused)[^/]+\//.exec(file) ?? [];
  const names = folder ? readdirSync(new URL(`../../../${folder}`, import.meta.url)) : [];
  return byteSource(bytesOf(file), file, Object.fromEntries(names.map((name) => [name, bytesOf(folder + name)])));
}

/** The cell under a golden's state, with --from or by its names alone. */
function read({ file, from, prefix, layer, reverse, state }: CellGolden, named = true): Promise<Cell> {
  const choice: Choice = {
    from: named ? from : undefined,
    prefix: prefix ?? undefined,
    layer: layer ?? undefined,
    reverse,
    // the layers were made with it, which their arrays do not tell
    recurrentActivation: from === "keras" || from === "tfjs" ? "sigmoid" : undefined,
  };
  return readCellFile(sourceOf(file), choice, { stateFile: { json: state, file: "state" } });
}

/** Whether our step lies as near the framework's as its type allows. */
function agrees(cell: Cell, { dtype, h_t, c_t }: CellGolden): boolean {
  const trace = forward(cell);
  const share = dtype === "float64" ? 1e-13 : 1e-6;
  const isNear = (ours: Float64Array, theirs: readonly number[]) =>
    ours.length === theirs.length &&
    theirs.every((value, k) => Math.abs(ours[k] - value) <= share * Math.max(...theirs.map(Math.abs)));
  return isNear(trace.h_t!, h_t) && isNear(trace.c_t!, c_t);
}

const placeOf = ({ framework, file, layer, reverse }: CellGolden) =>
  `${framework}'s ${file}${layer === null ? "" : `, layer ${layer}`}${reverse ? ", reverse" : ""}`;
const refusal = (run: Promise<unknown>): Promise<DlstmError> =>
  run.then(
    () => expect.fail("read, expected an error"),
    (error) => (error instanceof DlstmError ? error : Promise.reject(error)),
  );

describe.each(golden.cells.map((entry) => [placeOf(entry), entry] as const))("%s", (_, entry) => {
  test("is the native cell, bit for bit", async () => {
    expect((await read(entry)).gates).toEqual(parseCell(fixture(entry.cell.replace("fixtures/", ""))).gates);
  });

  test("takes the step that the framework took", async () => {
    expect(agrees(await read(entry), entry)).toBe(true);
  });

  test("is told by its names, or the error names --from", async () => {
    const named = await read(entry);
    const told = await read(entry, false).catch((error) => error);
    if (!(told instanceof DlstmError)) return expect(told).toEqual(named);
    expect(told.problems[0].code).toBe("ambiguous");
    expect(told.message).toContain(`--from ${entry.from} (`);
  });
});

test("two gates that are mistaken for each other are seen in every framework's step", async () => {
  for (const entry of golden.cells) {
    const { gates, ...cell } = await read(entry);
    expect(agrees({ ...cell, gates: { ...gates, f: gates.i!, i: gates.f! } }, entry), placeOf(entry)).toBe(false);
  }
});

describe.each(golden.refused)("$file", ({ file, from, reason }) => {
  test.each([from, undefined])(`is refused for ${reason}, --from %s`, async (named) => {
    const { problems } = await refusal(readCellFile(sourceOf(file), { from: named }, {}));
    expect(problems).toEqual([expect.objectContaining({ code: "unsupported", file })]);
    expect(`${problems[0].file}: ${problems[0].place}: ${problems[0].message}`).toMatch(REASONS[reason]);
  });
});

test.each(golden.tensors)("$file holds the numbers that numpy saved", async ({ file, type, shape, values }) => {
  const { tensors } = await readWeights(sourceOf(file));
  expect(tensors).toHaveLength(1);
  const [tensor] = tensors;
  expect([tensor.type, tensor.shape, [...tensor.values()]]).toEqual([type, shape, values]);
});
