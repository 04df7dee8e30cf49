import type { Candidate } from "./candidates.ts";
import type { Layout, TensorRow } from "./convention.ts";

/** The axes of a tensor in the letters of z = W x: outputs (gates·H) and inputs, 0 of a bias. */
export interface Axes {
  readonly outputs: number;
  readonly inputs: number;
}

/** The axes of a tensor of so many; null where there are too many or too few of them. A bias may be a row or a column. */
export function axesOf(layout: Layout, { part }: TensorRow, whole: readonly number[]): Axes | null {
  if (layout.directions && whole.length === 0) return null;
  const shape = layout.directions ? whole.slice(1) : whole;
  if (part === "b") {
    const long = shape.filter((length) => length !== 1);
    return shape.length > 2 || long.length > 1 ? null : { outputs: long[0] ?? 1, inputs: 0 };
  }
  const [first, second] = layout.squeezed && shape.length < 2 ? [shape[0] ?? 1, 1] : shape;
  if (first === undefined || second === undefined || shape.length > 2) return null;
  return layout.orientation === "rows" ? { outputs: first, inputs: second } : { outputs: second, inputs: first };
}

/** 1, or 2 where the first axis of the tensors says so. */
export function directionsOf({ layout, tensors }: Pick<Candidate, "layout" | "tensors">): number {
  const [first] = tensors.values();
  return layout.directions && first?.shape[0] === 2 ? 2 : 1;
}

/** The shape of a tensor in letters: `[4H × I]`. */
export function symbolsOf({ orientation, directions, biasColumns }: Layout, { part, gates }: TensorRow): string {
  const outputs = gates.length === 1 ? "H" : `${gates.length}H`;
  const inputs = { W: "I", U: "H", xh: "(I + H)", hx: "(H + I)", b: null }[part];
  const axes =
    inputs === null
      ? [outputs, ...(biasColumns ? ["1"] : [])]
      : orientation === "rows"
        ? [outputs, inputs]
        : [inputs, outputs];
  return `[${[...(directions ? ["directions"] : []), ...axes].join(" × ")}]`;
}
