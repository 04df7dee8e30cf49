import { failure } from "../errors.ts";
import {
  GATES,
  type Gate,
  type Goal,
  NORMS,
  type Norm,
  OUTPUTS,
  type Output,
  PATHS,
  WRTS,
  type Wrt,
} from "../lstm/names.ts";
import type { GradientKey } from "../lstm/results/records.ts";

export type OptimumPart = "h_prev" | "preactivation" | "activation";

/** One thing to grade, with the path under which results have it: `gates.f`, `optimum.2.max.f.h_prev`. */
export type Quantity = { readonly path: string } & (
  | { readonly family: "preactivations" | "gates" | "terms"; readonly gate: Gate }
  | { readonly family: "c_t" | "h_t" }
  | { readonly family: "loss" }
  | { readonly family: "jacobian"; readonly of: Output; readonly wrt: Wrt }
  | {
      readonly family: "optimum";
      readonly norm: Norm;
      readonly goal: Goal;
      readonly gate: Gate;
      readonly part: OptimumPart;
    }
  | { readonly family: "gradient"; readonly key: GradientKey }
);

export const GOALS: readonly Goal[] = ["max", "min"];
export const OPTIMUM_PARTS: readonly OptimumPart[] = ["h_prev", "preactivation", "activation"];
const GRADIENT_KEYS: readonly GradientKey[] = [
  ...(["x_t", "x", "h_prev", "c_prev"] as const),
  ...(["W", "U", "b"] as const).flatMap((letter) => GATES.map((g) => `${letter}_${g}` as const)),
];

/** Every quantity there is, in the order in which tests come: what others rest on stands before them. */
export const QUANTITIES: readonly Quantity[] = [
  ...ofGates("preactivations", GATES),
  ...ofGates("gates", GATES),
  { path: "c_t", family: "c_t" },
  { path: "h_t", family: "h_t" },
  ...OUTPUTS.flatMap((of) =>
    WRTS.map((wrt) => ({ path: `jacobian.${of}.${wrt}`, family: "jacobian", of, wrt }) as const),
  ),
  ...ofGates("terms", PATHS),
  ...NORMS.flatMap((norm) => GOALS.flatMap((goal) => GATES.flatMap((gate) => optimumOf(norm, goal, gate)))),
  { path: "loss", family: "loss" },
  ...GRADIENT_KEYS.map((key) => ({ path: `gradient.${key}`, family: "gradient", key }) as const),
];

const BY_PATH: ReadonlyMap<string, Quantity> = new Map(QUANTITIES.map((quantity) => [quantity.path, quantity]));

/** The quantity of that path; undefined where there is none. */
export function findQuantity(path: string): Quantity | undefined {
  return BY_PATH.get(path);
}

/**
 * The quantity that a teacher names.
 * @throws {DlstmError} usage, where there is no such quantity.
 */
export function namedQuantity(path: string, place: string): Quantity {
  const quantity = BY_PATH.get(path);
  if (quantity !== undefined) return quantity;
  const message = `${JSON.stringify(path.slice(0, 80))} is no quantity, expected a path such as gates.f, h_t or jacobian.f.h_prev`;
  throw failure("usage", message, { place });
}

/** The same quantity of the other gates: `gates.i`, `gates.o`, `gates.u` for `gates.f`; none for what is of no gate. */
export function ofOtherGates(quantity: Quantity): Quantity[] {
  return GATES.flatMap((gate) => {
    const path = pathWithGate(quantity, gate);
    return path === null || path === quantity.path ? [] : [BY_PATH.get(path)!];
  });
}

function pathWithGate(quantity: Quantity, gate: Gate): string | null {
  switch (quantity.family) {
    case "preactivations":
    case "gates":
    case "terms":
      return `${quantity.family}.${gate}`;
    case "optimum":
      return `optimum.${quantity.norm}.${quantity.goal}.${gate}.${quantity.part}`;
    case "jacobian":
      return isGate(quantity.of) ? `jacobian.${gate}.${quantity.wrt}` : null;
    case "gradient":
      return /^[WUb]_/.test(quantity.key) ? `gradient.${quantity.key[0]}_${gate}` : null;
    default:
      return null;
  }
}

export function isGate(name: string): name is Gate {
  return (GATES as readonly string[]).includes(name);
}

function ofGates(family: "preactivations" | "gates" | "terms", gates: readonly Gate[]): Quantity[] {
  return gates.map((gate) => ({ path: `${family}.${gate}`, family, gate }));
}

function optimumOf(norm: Norm, goal: Goal, gate: Gate): Quantity[] {
  return OPTIMUM_PARTS.map((part) => {
    return { path: `optimum.${norm}.${goal}.${gate}.${part}`, family: "optimum", norm, goal, gate, part };
  });
}
