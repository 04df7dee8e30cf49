/** Reads a vector over all inputs of a step that a flag gives: loaded only where there is one. */
import { atPlace, misuse, ProblemList } from "../errors.ts";
import type { Sourced } from "../input/keys.ts";
import { readVector } from "../input/numbers.ts";
import { typedOverride } from "../input/typed/override.ts";
import type { ByteSource } from "../input/weights/tensor.ts";
import type { Cell } from "../lstm/cell.ts";
import { hasInput } from "../lstm/hessian/by-input.ts";
import type { InputVector } from "../lstm/hessian/input-vector.ts";
import type { Context } from "./context.ts";
import { requireOwnStdin } from "./number-flags.ts";
import { vectorFile } from "./number-keys.ts";
import type { CellOptions, StreamOptions } from "./options.ts";
import { withSource } from "./source.ts";

/** The vector by the inputs of a cell: its numbers are those of h_prev, c_prev and x_t one after another. */
export type Direction = (cell: Cell) => InputVector;

interface DirectionFlag {
  readonly flag: string;
  /** What stands behind it: numbers, @FILE, - or a file of a kind that holds numbers. */
  readonly text: string;
  /** Those beside it. */
  readonly options: CellOptions & StreamOptions;
  /** Where the cells come from. */
  readonly sources: readonly string[];
}

/** @throws {DlstmError} for numbers that are none, and where they are not as many as the inputs. */
export async function readDirection(
  { flag, text, options, sources }: DirectionFlag,
  context: Context,
): Promise<Direction> {
  const problems = new ProblemList();
  const read = async (value: string | ByteSource) => typedOverride({ key: "h_prev", flag, value }, false, problems);
  const path = vectorFile(text);
  if (path === "") throw misuse(flag, "@, expected the name of a file behind it");
  if (path === "-") {
    const otherwise = sources.includes("-") ? "the cell" : options.states === "-" ? "the states" : null;
    requireOwnStdin(options, otherwise);
  }
  const failed = (error: unknown) =>
    atPlace(flag, () => {
      throw error;
    });
  const found =
    path === null ? await read(text) : await withSource(path, options.maxBytes, context, read).catch(failed);
  problems.throwIfAny();
  return (cell) => readAll(cell, found!.source);
}

/** @throws {DlstmError} shape, where there are not as many numbers as inputs. */
function readAll(cell: Cell, source: Sourced): InputVector {
  const { hiddenSize: n, inputSize } = cell;
  const [isByInput, problems] = [hasInput(cell), new ProblemList()];
  const name = isByInput ? "h_prev, c_prev and x_t" : "h_prev and c_prev";
  const all = readVector(source, { length: 2 * n + (isByInput ? (inputSize ?? 0) : 0), name }, problems);
  problems.throwIfAny();
  const states = { h_prev: all.slice(0, n), c_prev: all.slice(n, 2 * n) };
  return isByInput ? { ...states, x_t: all.slice(2 * n) } : states;
}
