/** Weights whose names, order of blocks or orientation are declared by flags: --names, --order, --layout. */

import { misuse } from "../../../errors.ts";
import { GATES, type Gate } from "../../../lstm/names.ts";
import { nearestIs } from "../../../words/nearest.ts";
import type { Tensor } from "../tensor.ts";
import type { Weights } from "../weights.ts";
import type { Candidate } from "./candidates.ts";
import type { Choice } from "./choices.ts";
import type { Layout, TensorRow } from "./convention.ts";
import { LAYOUTS } from "./convention-table.ts";
import { fitShapes, type Reading } from "./fit.ts";
import { type Findings, findReadings } from "./readings.ts";
import type { DeclaredName, Role } from "./roles.ts";
import { normal } from "./settings.ts";

/** Where weights come from whose names are declared. */
const TITLE = "the cell that --names declares";

/**
 * What a file holds as the flags declare it: the conventions' names, or those of --names.
 * @throws {DlstmError} usage, where a name is no tensor's, or where the order of the blocks is not said.
 */
export function findDeclared(weights: Weights, choice: Choice, layouts: readonly Layout[] = LAYOUTS): Findings {
  if (choice.names === undefined) return findReadings(weights, declaredLayouts(choice, layouts));
  return namedFindings(weights, choice.names, choice);
}

/** The conventions with their blocks in the declared order, their weights in the declared orientation. */
function declaredLayouts({ order, layout }: Choice, layouts: readonly Layout[]): readonly Layout[] {
  if (order === undefined && layout === undefined) return layouts;
  return layouts.map((one) => ({
    ...one,
    orientation: layout ?? one.orientation,
    tensors: one.tensors.map((row) => (order === undefined || row.gates.length === 1 ? row : reordered(row, order))),
  }));
}

/** Two biases one behind the other are in that order both. */
function reordered(row: TensorRow, order: readonly Gate[]): TensorRow {
  return { ...row, gates: row.gates.map((_, block) => order[block % order.length]) };
}

/** The cell that --names declares, in each orientation that the shapes and --layout leave. */
function namedFindings(weights: Weights, names: readonly DeclaredName[], choice: Choice): Findings {
  rejectNoOrder(names, choice);
  const found = names.map(({ role, name }) => ({ role, tensor: tensorOf(name, weights, choice) }));
  const order = choice.order ?? GATES;
  const tensors = found.map(({ role, tensor }): [TensorRow, Tensor] => [
    rowOf(role, tensor.name, order),
    withoutDirection(tensor),
  ]);
  const orientations = choice.layout === undefined ? (["rows", "columns"] as const) : [choice.layout];
  const rows = tensors.map(([row]) => row);
  const candidates = orientations.map((orientation): Candidate => {
    const layout: Layout = { convention: "declared", title: TITLE, orientation, tensors: rows };
    return { layout, prefix: "", layer: null, reverse: false, tensors: new Map(tensors), clashes: [] };
  });
  return { candidates, readings: candidates.flatMap((one) => fitShapes(one).readings), partial: [] };
}

function rejectNoOrder(names: readonly DeclaredName[], { order }: Choice): void {
  const isJoined = names.some(({ role }) => role.gate === null);
  if (isJoined && order === undefined) {
    throw misuse("--names", "the gates' blocks may be in any order, expected --order beside it, such as --order ifgo");
  }
  if (!isJoined && order !== undefined) throw misuse("--order", "the gates are named one by one, expected no order");
}

/** By its whole name, or by what stands below --prefix; slashes and dots are the same. */
function tensorOf(name: string, { tensors }: Weights, { prefix }: Choice): Tensor {
  const wanted = [name, ...(prefix === undefined ? [] : [`${prefix}.${name}`])].map(normal);
  const found = wanted.flatMap((one) => tensors.filter((tensor) => normal(tensor.name) === one))[0];
  return found ?? refuseUnknown(name, tensors);
}

function refuseUnknown(name: string, tensors: readonly Tensor[]): never {
  const known = tensors.map((tensor) => tensor.name);
  throw misuse("--names", `no tensor ${name}, expected a name that convert --list shows${nearestIs(name, known)}`);
}

function rowOf({ part, gate }: Role, name: string, order: readonly Gate[]): TensorRow {
  return { name, part, gates: gate === null ? order : [gate] };
}

/** Some frameworks have a first axis for directions, of which there is one. */
function withoutDirection(tensor: Tensor): Tensor {
  const [first, ...shape] = tensor.shape;
  return shape.length === 2 && first === 1 ? { ...tensor, shape } : tensor;
}

/** Whether what is open is only whether the weights multiply from the left or from the right. */
export function isOpenLayout(readings: readonly Reading[]): boolean {
  const [first] = readings;
  const ways = new Set(readings.map(({ layout }) => layout.orientation));
  return ways.size > 1 && readings.every(({ layout }) => layout.tensors === first.layout.tensors);
}

/**
 * An order is for blocks.
 * @throws {DlstmError} usage, where the chosen cell has none.
 */
export function rejectIdleOrder({ layout }: Reading, { order }: Choice): void {
  if (order === undefined || layout.tensors.some(({ gates }) => gates.length > 1)) return;
  throw misuse("--order", `${layout.title} tells the gates by their names, expected no order`);
}
