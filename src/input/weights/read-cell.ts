/** From a file of weights to a cell with its state. */

import { inFile, ProblemList, toProblem } from "../../errors.ts";
import type { Cell } from "../../lstm/cell.ts";
import { describeValue } from "../excerpt.ts";
import { readGates } from "../gates.ts";
import { type Sourced, STATE_KEYS } from "../keys.ts";
import { nativeCell, resemblesNative } from "../native.ts";
import { type CellOverrides, override } from "../overrides.ts";
import { parseCell } from "../parse-cell.ts";
import { inferSizes, namedSizes } from "../sizes.ts";
import { checkInput, readState } from "../state.ts";
import { activationsIn } from "./conventions/activation.ts";
import { assemble } from "./conventions/assemble.ts";
import type { Choice } from "./conventions/choices.ts";
import { directionsIn } from "./conventions/direction.ts";
import type { Reading } from "./conventions/fit.ts";
import { noCell } from "./conventions/no-cell.ts";
import { addInitialState } from "./conventions/onnx-state.ts";
import { prepared } from "./conventions/prepare.ts";
import { findCell, recognise } from "./conventions/recognise.ts";
import { jsonWeights } from "./files/json-tensors.ts";
import type { Tensor } from "./tensor.ts";
import type { Weights } from "./weights.ts";

/**
 * A cell from parsed JSON in any convention. With a native weight among its keys it is the native cell, unless a flag
 * says otherwise; what resembles it and no other is told as a native cell.
 * @throws {DlstmError} with what is wrong with it, ambiguous where it can be read in several ways.
 */
export function readJsonCell(
  json: unknown,
  file: string | null = null,
  choice: Choice = {},
  overrides: CellOverrides = {},
): Cell {
  const native = nativeCell(json, file, choice, overrides);
  if (native !== null) return native;
  const weights = prepared(jsonWeights(json, file));
  const reading = findCell(weights, choice);
  if (reading !== null) return cellOf(reading, weights, choice, overrides);
  if (isFlat(weights) && resemblesNative(json, choice)) return parseCell(json, file, overrides);
  throw noCell(weights, choice);
}

/**
 * The cell that the flags choose among those in a file of weights. Tensors that are named as the native state is
 * (x_t, h_prev, …) and stand under no other key are its state.
 * @throws {DlstmError} what `recognise` throws, and what is wrong with numbers and state.
 */
export function cellFromWeights(weights: Weights, choice: Choice = {}, overrides: CellOverrides = {}): Cell {
  return cellOf(recognise(weights, choice), weights, choice, overrides);
}

function cellOf(reading: Reading, weights: Weights, choice: Choice, overrides: CellOverrides): Cell {
  const { file } = weights;
  const own = inFile(file, () => assemble(reading, weights));
  const { assumed } = activationsIn(weights, choice)(reading);
  const problems = new ProblemList();
  const entries = stateEntries(weights, reading, problems);
  override(entries, overrides, problems);
  addInitialState(entries, reading, weights, problems);
  const sizes = namedSizes(reading.sizes.hidden, reading.sizes.input ?? inferSizes(entries).input?.length ?? null);
  const gates = readGates(entries, sizes, problems, own);
  const state = readState(entries, sizes, problems);
  checkInput(entries, gates, file, problems);
  problems.throwIfAny();
  const name = weights.settings.find((setting) => setting.name === "name")?.value;
  return {
    name: typeof name === "string" ? name : null,
    hiddenSize: reading.sizes.hidden,
    inputSize: sizes.input?.length ?? null,
    gates,
    ...state,
    reverse: inFile(file, () => directionsIn(weights)(reading)),
    ...(assumed === null ? {} : { assumedActivation: assumed }),
  };
}

/** Whether it might be meant as a native cell, with keys misspelt. */
function isFlat({ tensors }: Weights): boolean {
  return tensors.every(({ name, shape }) => !name.includes(".") && (shape.length < 2 || !/^\d+$/.test(name)));
}

function stateEntries(
  { tensors, settings, file }: Weights,
  reading: Reading,
  problems: ProblemList,
): Map<string, Sourced> {
  const entries = new Map<string, Sourced>();
  const own = new Set(reading.tensors.values());
  for (const key of STATE_KEYS) {
    const tensor = tensors.find(({ name }) => name === key);
    const setting = settings.find(({ name }) => name === key);
    const kind = setting ? describeValue(setting.value) : tensor?.shape.length === 0 ? "a single number" : null;
    if (kind) problems.add(toProblem("shape", `${kind}, expected an array`, { file, place: key }));
    else if (tensor && !own.has(tensor)) entries.set(key, { value: nested(tensor), file, place: key });
  }
  return entries;
}

/** A tensor as the arrays of JSON. */
function nested(tensor: Tensor): unknown {
  const values = tensor.values();
  let at = 0;
  const fill = ([length, ...inner]: readonly number[]): unknown => {
    return length === undefined ? values[at++] : Array.from({ length }, () => fill(inner));
  };
  return fill(tensor.shape);
}
