import { describe, expect, test } from "vitest";
import { parseCell } from "../../../../src/input/parse-cell.ts";
import { assemble } from "../../../../src/input/weights/conventions/assemble.ts";
import { CONVENTIONS, type Layout, type TensorRow } from "../../../../src/input/weights/conventions/convention.ts";
import { LAYOUTS } from "../../../../src/input/weights/conventions/convention-table.ts";
import { recognise } from "../../../../src/input/weights/conventions/recognise.ts";
import { jsonWeights } from "../../../../src/input/weights/files/json-tensors.ts";
import { readJsonCell } from "../../../../src/input/weights/read-cell.ts";
import { model, type Stored, storedModels } from "../../../helpers/conventions.ts";

const SIZES = [
  [3, 2],
  [2, 3],
  [2, 2],
  [4, 4],
  [1, 1],
  [1, 4],
  [4, 1],
] as const;

/** What the arrays of Keras and TensorFlow.js do not tell; it changes no other. */
const SIGMOID = { recurrentActivation: "sigmoid" } as const;

function weightsOf(stored: Stored, layouts: readonly Layout[]) {
  const weights = jsonWeights(stored.json, "weights.json");
  return assemble(recognise(weights, { from: stored.convention, ...SIGMOID }, layouts), weights);
}

describe.each(SIZES)("a model of H = %i, I = %i", (H, I) => {
  const truth = parseCell(model(H, I));

  test.each(storedModels(model(H, I)))("is the same cell, bit for bit, in $convention: $title", (stored) => {
    expect(readJsonCell(stored.json, null, { from: stored.convention, ...SIGMOID })).toEqual(truth);
    if (!stored.needsFrom) expect(readJsonCell(stored.json, null, SIGMOID)).toEqual(truth);
  });
});

describe("the table of conventions", () => {
  const stored = storedModels(model(3, 2));

  test("has at least one row for every convention, and a model is stored in each row", () => {
    expect(new Set(LAYOUTS.map(({ convention }) => convention))).toEqual(new Set(CONVENTIONS));
    const read = stored.map(({ json, convention }) => {
      return recognise(jsonWeights(json, null), { from: convention, ...SIGMOID }).layout;
    });
    // tfjs' bare arrays are read as those of Keras
    const rows = LAYOUTS.filter((layout: Layout) => layout.convention !== "tfjs" || !layout.bare);
    expect(new Set(read)).toEqual(new Set(rows));
  });

  const truth = parseCell(model(3, 2)).gates;
  const rows = stored.flatMap((one) => {
    const layout: Layout = recognise(jsonWeights(one.json, null), { from: one.convention, ...SIGMOID }).layout;
    return wrongLayouts(layout).map(({ what, wrong }) => ({
      one,
      name: `${one.convention}, ${one.title}`,
      what,
      wrong,
    }));
  });

  test.each(rows)("$name: $what is another cell, or none", ({ one, wrong }) => {
    let gates: unknown = null;
    try {
      gates = weightsOf(one, [wrong]);
    } catch (error) {
      expect(error).toHaveProperty("name", "DlstmError");
    }
    expect(gates).not.toEqual(truth);
  });
});

/** Every row with one mistake planted: two gates swapped, another orientation, [h; x] for [x; h], no forget bias. */
function wrongLayouts(layout: Layout): { what: string; wrong: Layout }[] {
  const found: { what: string; wrong: Layout }[] = [];
  const change = (what: string, row: TensorRow, changed: Partial<TensorRow>) => {
    const tensors = layout.tensors.map((one) => (one === row ? { ...one, ...changed } : one));
    found.push({ what, wrong: { ...layout, tensors } });
  };
  for (const row of layout.tensors) {
    for (let k = 0; k < row.gates.length; k++) {
      for (let j = k + 1; j < Math.min(row.gates.length, 4); j++) {
        const gates = row.gates.with(k, row.gates[j]).with(j, row.gates[k]);
        change(`gates ${k} and ${j} of ${row.name} swapped`, row, { gates });
      }
    }
    if (row.gates.length === 1) {
      const other = row.gates[0] === "f" ? "i" : "f";
      change(`${row.name} of gate ${other}`, row, { gates: [other] });
    }
    if (row.part === "xh") change(`${row.name} as [h; x]`, row, { part: "hx" });
    if (row.part === "hx") change(`${row.name} as [x; h]`, row, { part: "xh" });
  }
  const orientation = layout.orientation === "rows" ? "columns" : "rows";
  found.push({ what: `${orientation} for ${layout.orientation}`, wrong: { ...layout, orientation } });
  if (layout.forgetBias) {
    found.push({ what: "no forget bias", wrong: { ...layout, forgetBias: { value: 0, keys: [] } } });
  }
  return found;
}
