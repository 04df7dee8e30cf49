/**
 * The one table of what the result of a step can hold: each quantity with its shape, its symbol, what a cell needs for it
 * and how it is computed. Results, schemas, grading, checks, explanations and completion take their paths from here.
 */
import { apply, derivative, negative, type Part, sub, subSup } from "../notation/formula.ts";
import type { Formula } from "../notation/formula-tree.ts";
import { once, onceBy } from "../once.ts";
import { b, c_t, gate, h_t, LOSS, stepDerivative, T, U, W, WRT_LETTERS, z } from "./letters.ts";
import {
  GATES,
  type Gate,
  GOALS,
  type Goal,
  type GradientKey,
  NORMS,
  type Norm,
  OPTIMUM_PARTS,
  type OptimumPart,
  OUTPUTS,
  type Output,
  PATHS,
  WRTS,
  type Wrt,
} from "./names.ts";
import type { Value, Values } from "./values.ts";

/** The length of a side: hidden size, input size, steps of a sequence. A row of H is a unit, of T a step, of I a component. */
export type Dimension = "H" | "I" | "T";

/** What is told of a quantity, whatever its family. */
interface Told {
  /** [] a number, [n] a vector, [rows, columns] a matrix. */
  readonly shape: readonly Dimension[];
  /** Of a gradient along a sequence, h_prev and c_prev are the state before its first step. */
  readonly symbol: (isSequence?: boolean) => Formula;
  /** The output that it is made of: a cell needs the keys of this one, and for a derivative by x_t the W. */
  readonly needs: { readonly of: Output; readonly wrt?: Wrt };
  /** Of a cell that has them; null where there is no such number all the same. */
  readonly value: (values: Values) => Value | null;
}

/** What tells the quantities of a family apart. */
interface Families {
  readonly preactivations: { readonly gate: Gate };
  readonly gates: { readonly gate: Gate };
  readonly c_t: unknown;
  readonly h_t: unknown;
  readonly jacobian: { readonly of: Output; readonly wrt: Wrt };
  readonly terms: { readonly gate: Gate };
  readonly optimum: {
    readonly norm: Norm;
    readonly goal: Goal;
    readonly gate: Gate;
    readonly part: OptimumPart;
  };
  readonly loss: unknown;
  readonly gradient: { readonly key: GradientKey };
}

/** The first key of a path. */
export type Family = keyof Families;

/** Of one family: `path` is where results have it; an optimum's norm and goal are part of it, `optimum.2.max.f.h_prev`. */
export type QuantityOf<F extends Family> = Told & { readonly family: F; readonly path: string } & Families[F];

/** One thing that a result can hold. */
export type Quantity = { [F in Family]: QuantityOf<F> }[Family];

type Row<F extends Family> = Told & Families[F] & { readonly keys: readonly string[] };

const vector = ["H"] as const;
const square = ["H", "H"] as const;

/** The state before the first step of a sequence, or before the step. */
const before = (name: "h" | "c") => (isSequence?: boolean) => (isSequence ? sub(name, 0) : WRT_LETTERS[`${name}_prev`]);

/**
 * The families in the order in which results, tests and tables list them: what others rest on stands before them. Their
 * rows are made when they are asked for: most commands start without most of them.
 */
const ROWS: { readonly [F in Family]: () => readonly Row<F>[] } = {
  preactivations: () =>
    GATES.map((g) => ({
      ...{ keys: [g], gate: g, shape: vector, symbol: () => z(g), needs: { of: g } },
      value: ({ trace }) => trace?.z(g) ?? null,
    })),
  gates: () =>
    GATES.map((g) => ({
      ...{ keys: [g], gate: g, shape: vector, symbol: () => gate(g), needs: { of: g } },
      value: ({ trace }) => trace?.gate(g) ?? null,
    })),
  c_t: () => [
    { keys: [], shape: vector, symbol: () => c_t, needs: { of: "c_t" }, value: ({ trace }) => trace?.c_t ?? null },
  ],
  h_t: () => [
    { keys: [], shape: vector, symbol: () => h_t, needs: { of: "h_t" }, value: ({ trace }) => trace?.h_t ?? null },
  ],
  jacobian: () =>
    OUTPUTS.flatMap((of) =>
      WRTS.map((wrt) => ({
        ...{ keys: [of, wrt], of, wrt, shape: ["H", wrt === "x_t" ? "I" : "H"] as const, needs: { of, wrt } },
        ...{ symbol: () => stepDerivative(of, wrt), value: (values) => values.jacobian(of, wrt) },
      })),
    ),
  terms: () =>
    PATHS.map((g) => ({
      ...{ keys: [g], gate: g, shape: square, symbol: () => T(g), needs: { of: "h_t" } },
      value: (values) => values.terms()?.[g] ?? null,
    })),
  optimum: () =>
    NORMS.flatMap((norm) =>
      GOALS.flatMap((goal) => GATES.flatMap((g) => OPTIMUM_PARTS.map((part) => optimumRow(norm, goal, g, part)))),
    ),
  loss: () => [
    { keys: [], shape: [], symbol: () => LOSS, needs: { of: "h_t" }, value: (values) => values.backward().loss },
  ],
  gradient: () => [
    gradientRow("x_t", ["I"], () => WRT_LETTERS.x_t),
    gradientRow("x", ["T", "I"], () => "x"),
    gradientRow("h_prev", vector, before("h")),
    gradientRow("c_prev", vector, before("c")),
    ...GATES.map((g) => gradientRow(`W_${g}`, ["H", "I"], () => W(g))),
    ...GATES.map((g) => gradientRow(`U_${g}`, square, () => U(g))),
    ...GATES.map((g) => gradientRow(`b_${g}`, vector, () => b(g))),
  ],
};

/** The vectors [H] of a step that forward and show print. */
export const FORWARD_FAMILIES = ["preactivations", "gates", "c_t", "h_t"] as const satisfies readonly Family[];
export const SHOW_FAMILIES = ["gates", "c_t", "h_t"] as const satisfies readonly Family[];

/** Vectors as results have them: those of the gates by gate, the others under keys of their own as far as a cell tells them. */
export type Vectors<F extends Family> = {
  readonly [K in F as Families[K] extends { gate: Gate } ? K : never]: Readonly<Partial<Record<Gate, Float64Array>>>;
} & { readonly [K in F as Families[K] extends { gate: Gate } ? never : K]?: Float64Array };

export const FAMILIES = Object.keys(ROWS) as readonly Family[];

const made = new Map<Family, readonly Quantity[]>();

export function quantitiesOf(family: Family): readonly Quantity[] {
  return onceBy(made, family, () =>
    ROWS[family]().map(({ keys, ...row }) => ({ ...row, family, path: [family, ...keys].join(".") }) as Quantity),
  );
}

/** All of them in order. */
export const quantities = once(() => FAMILIES.flatMap(quantitiesOf));

const byPath = once(() => new Map(quantities().map((quantity) => [quantity.path, quantity])));

/** The quantity of that path; undefined where there is none. */
export function findQuantity(path: string): Quantity | undefined {
  return byPath().get(path);
}

/** What a result, or what is shaped like one, has under the path of a quantity; undefined for nothing. */
export function heldIn(result: object, { path }: Pick<Quantity, "path">): unknown {
  let value: unknown = result;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** ∂L/∂key */
function gradientRow(
  key: GradientKey,
  shape: readonly Dimension[],
  by: (isSequence?: boolean) => Part,
): Row<"gradient"> {
  return {
    ...{ keys: [key], key, shape, needs: { of: "h_t" as const } },
    symbol: (isSequence) => derivative(LOSS, by(isSequence)),
    value: (values) => values.backward().gradient[key] ?? null,
  };
}

/** h∗ with the norm of the sphere as its index, z_f(h∗) or f_t(h∗). */
function optimumRow(norm: Norm, goal: Goal, g: Gate, part: OptimumPart): Row<"optimum"> {
  const symbol = () => {
    const index = subSup("h", norm === "inf" ? "∞" : Number(norm), "∗");
    const best = goal === "max" ? index : negative(index);
    return part === "h_prev" ? best : apply(part === "activation" ? gate(g) : z(g), best);
  };
  return {
    ...{ keys: [norm, goal, g, part], norm, goal, gate: g, part, symbol, needs: { of: g } },
    shape: part === "h_prev" ? square : vector,
    value: (values) => {
      const units = values.optimum(g, norm, goal);
      if (units === null) return null;
      return part === "h_prev" ? units.map(({ h_prev }) => h_prev) : Float64Array.from(units, (unit) => unit[part]);
    },
  };
}
