/**
 * One LSTM step with all its derivatives, exactly: the equations of the contract in 80 decimal digits. Shares no code with src.
 * Every number tells whether 80 digits are enough to know to which double it is rounded.
 */
import {
  areNormal,
  exact,
  product,
  Real,
  sigmoid,
  sigmoidValue,
  sum,
  tanh,
  tanhValue,
  type ValueAndDerivative,
  ZERO,
} from "./exact.ts";

export const GATES = ["f", "i", "o", "u"] as const;
export type Gate = (typeof GATES)[number];
export const NORMS = ["1", "2", "inf"] as const;
export const GOALS = ["max", "min"] as const;
type Norm = (typeof NORMS)[number];

/** A native cell as it stands in JSON. */
export type NativeCell = { name?: string } & Partial<Record<`${"W" | "U"}_${Gate}`, number[][]>> &
  Partial<Record<`b_${Gate}` | "x_t" | "h_prev" | "c_prev", number[]>>;

export interface Entry {
  readonly value: Real;
  /** False where sums cancel more digits than are left, or a factor is no normal double. */
  readonly known: boolean;
}

/** Rows of entries by quantity, such as `gates.f`, `jacobian.h_t.x_t`, `optimum.2.max.f.h_prev`; vectors are columns. */
export type Reference = Map<string, Entry[][]>;

/** One gate of one unit: its row of weights, and what its pre-activation comes to. */
interface GateUnit extends ValueAndDerivative {
  readonly U: readonly Real[];
  readonly W: readonly Real[];
  readonly z: Real;
  /** W x + b */
  readonly base: Real;
  readonly known: boolean;
}

type Unit = Partial<Record<Gate, GateUnit>> & { readonly c_prev: Real };

/** A product in front of a row of U or W: diag(…) without the row. */
interface Factor {
  readonly factors: readonly Real[];
  readonly known: boolean;
}

export const WRT_KEYS = { h_prev: "U", x_t: "W" } as const;
const EDGE = new Real(2).pow(52);

/** z = W x + U h + b and n²·S ≤ 2⁵²·min(1, |z|), the minimum for u only. */
function gateUnit(cell: NativeCell, g: Gate, d: number): GateUnit {
  const U = cell[`U_${g}`]![d].map(exact);
  const W = (cell[`W_${g}`]?.[d] ?? []).map(exact);
  const inputs = (cell.x_t ?? []).map(exact);
  const states = (cell.h_prev ?? []).map(exact);
  const b = exact(cell[`b_${g}`]?.[d] ?? 0);
  const Wx = inputs.map((x, k) => W[k].times(x));
  const Uh = states.map((h, k) => U[k].times(h));
  const n = new Real(Wx.length + Uh.length);
  const base = sum([...Wx, b]);
  const z = base.plus(sum(Uh));
  const S = sum([...Wx, ...Uh, b].map((term) => term.abs()));
  const limit = g === "u" && !S.isZero() ? EDGE.times(Real.min(1, z.abs())) : EDGE;
  const normal = [...inputs.map((x, k) => [x, W[k]]), ...states.map((h, k) => [h, U[k]]), [b]].every(areNormal);
  const { value, derivative } = g === "u" ? tanh(z) : sigmoid(z);
  return { U, W, z, base, value, derivative, known: normal && n.times(n).times(S).lte(limit) };
}

export function reference(cell: NativeCell): Reference {
  const result: Reference = new Map();
  const gates = GATES.filter((g) => cell[`U_${g}`] !== undefined);
  const H = cell[`U_${gates[0]}`]!.length;
  for (let d = 0; d < H; d++) {
    const unit: Unit = { c_prev: exact(cell.c_prev?.[d] ?? 0) };
    for (const g of gates) unit[g] = gateUnit(cell, g, d);
    const wrts = (["h_prev", "x_t"] as const).filter((wrt) => gates.every((g) => wrt === "h_prev" || cell[`W_${g}`]));
    const put = (quantity: string, row: Entry[]) => {
      if (!result.has(quantity)) result.set(quantity, []);
      result.get(quantity)!.push(row);
    };
    const zeroRow = () => Array.from({ length: H }, (): Entry => ({ value: ZERO, known: true }));
    for (const g of gates) {
      const { value, derivative, z, known } = unit[g]!;
      put(`preactivations.${g}`, [{ value: z, known }]);
      put(`gates.${g}`, [{ value, known: known && areNormal([value]) }]);
      for (const wrt of wrts) put(`jacobian.${g}.${wrt}`, weigh(unit, wrt, { [g]: { factors: [derivative], known } }));
      put(`jacobian.${g}.c_prev`, zeroRow());
      for (const norm of NORMS) optimum(put, g, unit[g]!, norm);
    }
    if (gates.length === 4) cellState(put, unit as Unit & Record<Gate, GateUnit>, d, wrts, zeroRow);
  }
  return result;
}

type Put = (quantity: string, row: Entry[]) => void;

/** c_t, tanh(c_t), h_t, their Jacobians, and the four terms of ∂h_t/∂h_{t-1}, for unit d. */
function cellState(
  put: Put,
  unit: Unit & Record<Gate, GateUnit>,
  d: number,
  wrts: readonly ("h_prev" | "x_t")[],
  zeroRow: () => Entry[],
): void {
  const { f, i, o, u, c_prev } = unit;
  const c_t = f.value.times(c_prev).plus(i.value.times(u.value));
  const { value: t, derivative: sech2 } = tanh(c_t);
  const inDomain = f.known && i.known && u.known;
  const normal = inDomain && areNormal([f.value, c_prev]) && areNormal([i.value, u.value]);
  const whole = normal && o.known;
  put("c_t", [{ value: c_t, known: normal }]);
  put("tanh_c_t", [{ value: t, known: normal && areNormal([c_t, t]) }]);
  put("h_t", [{ value: o.value.times(t), known: whole && areNormal([c_t]) && areNormal([o.value, t]) }]);

  const through = (front: readonly Real[], known: boolean): Partial<Record<Gate, Factor>> => ({
    f: { factors: [...front, c_prev, f.derivative], known },
    i: { factors: [...front, u.value, i.derivative], known },
    u: { factors: [...front, i.value, u.derivative], known },
  });
  const path_o = { factors: [t, o.derivative], known: whole && areNormal([c_t]) };
  const paths = { o: path_o, ...through([o.value, sech2], whole) };
  for (const wrt of wrts) {
    put(`jacobian.c_t.${wrt}`, weigh(unit, wrt, through([], inDomain)));
    put(`jacobian.tanh_c_t.${wrt}`, weigh(unit, wrt, through([sech2], normal)));
    put(`jacobian.h_t.${wrt}`, weigh(unit, wrt, paths));
  }
  for (const g of GATES) put(`terms.${g}`, weigh(unit, "h_prev", { [g]: paths[g] }));
  const own = (factors: Real[], known: boolean): Entry[] => {
    const value = product(factors);
    const row = zeroRow();
    row[d] = { value, known: known && areNormal(factors) };
    return row;
  };
  put("jacobian.c_t.c_prev", own([f.value], inDomain));
  put("jacobian.tanh_c_t.c_prev", own([f.value, sech2], normal));
  put("jacobian.h_t.c_prev", own([f.value, sech2, o.value], whole));
}

/** Σ_g factor_g · (row of U_g or W_g) */
function weigh(unit: Unit, wrt: "h_prev" | "x_t", paths: Partial<Record<Gate, Factor>>): Entry[] {
  const key = WRT_KEYS[wrt];
  const terms = GATES.filter((g) => paths[g]).map((g) => {
    const { factors, known } = paths[g]!;
    return { row: unit[g]![key], factors, weight: product(factors), known };
  });
  return terms[0].row.map((_, k) => ({
    value: sum(terms.map(({ row, weight }) => weight.times(row[k]))),
    known: terms.every(({ row, factors, known }) => known && areNormal([...factors, row[k]])),
  }));
}

/** The unit vector h* at which U·h is largest and its dual norm; null for the zero row. */
function direction(row: readonly Real[], norm: Norm): { h: Real[] | null; dualNorm: Real } {
  const sizes = row.map((entry) => entry.abs());
  const largest = Real.max(...sizes);
  if (largest.isZero()) return { h: null, dualNorm: ZERO };
  const sign = (entry: Real) => new Real(entry.isZero() ? 0 : entry.isNeg() ? -1 : 1);
  if (norm === "inf") return { h: row.map(sign), dualNorm: sum(sizes) };
  if (norm === "2") {
    const length = sum(row.map((entry) => entry.times(entry))).sqrt();
    return { h: row.map((entry) => entry.div(length)), dualNorm: length };
  }
  const first = sizes.findIndex((size) => size.eq(largest));
  return { h: row.map((entry, k) => (k === first ? sign(entry) : ZERO)), dualNorm: largest };
}

function optimum(put: Put, g: Gate, { U, base, known }: GateUnit, norm: Norm): void {
  const { h, dualNorm } = direction(U, norm);
  const normal = known && areNormal([dualNorm]) && U.every((entry) => areNormal([entry]));
  for (const goal of GOALS) {
    const at = `optimum.${norm}.${goal}.${g}`;
    const signed = (value: Real) => (goal === "max" ? value : value.neg());
    const components = (h ?? []).map((value) => {
      return { value: signed(value), known: normal && areNormal([value]) };
    });
    put(`${at}.h_prev`, components);
    const z = base.plus(signed(dualNorm));
    put(`${at}.preactivation`, [{ value: z, known: normal && areNormal([z]) }]);
    const value = new Real(g === "u" ? tanhValue(z) : sigmoidValue(z));
    put(`${at}.activation`, [{ value, known: normal && areNormal([value]) }]);
  }
}
