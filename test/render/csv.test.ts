import { describe, expect, test } from "vitest";
import { sigmoidResult } from "../../src/lstm/results/sigmoid.ts";
import { renderCsv } from "../../src/render/csv.ts";
import type { Result } from "../../src/render/result.ts";
import { readCsv } from "../helpers/csv.ts";
import { EVERY_RESULT, printed } from "../helpers/every-result.ts";

const HEADER = ["quantity", "wrt", "row", "column", "value"];

// biome-ignore lint/suspicious/noExplicitAny: JSON of several commands
type Json = any;

/** The number of a record that a line of CSV is about, found in JSON by the rules on src/render/README.md. */
function valueInJson(json: Json, [quantity, wrt, row, column]: readonly string[]): unknown {
  const path = quantity!.split(".");
  const within = (value: Json, names: readonly string[]) => names.reduce((inner, name) => inner[name], value);
  const indexed = (value: Json, ...indices: readonly string[]) =>
    within(
      value,
      indices.filter((k) => k !== ""),
    );
  const [head] = path;
  if (head === "assumed_zero" || head === "assumed_one" || head === "missing") {
    return within(json, path).includes(wrt) ? 1 : undefined;
  }
  if (head === "optimum") {
    const [, norm, goal, gate, what] = path;
    if (json.optimum.norm !== norm || json.optimum.goal !== goal) return undefined;
    return indexed(
      (json.optimum.gates ?? json.optimum.outputs)[gate!].find(({ unit }: Json) => unit === Number(row))[what!],
      column!,
    );
  }
  if (head === "blocks") return json.blocks.find(({ unit }: Json) => String(unit) === path[1]).hessian[row!][column!];
  if (head === "quantities") {
    const isWorst = path.at(-2) === "worst";
    const of = path.slice(1, isWorst ? -2 : -1).join(".");
    const verdict = json.quantities.find((each: Json) => each.of === of && each.wrt === wrt);
    if (!isWorst) return row === "" && column === "" ? verdict[path.at(-1)!] : undefined;
    const { worst } = verdict;
    return String(worst.row) === row && String(worst.column ?? "") === column ? worst[path.at(-1)!] : undefined;
  }
  if (head === "steps" || head === "flow") {
    const step = json[head].find(({ t }: Json) => t === Number(row));
    if (path[1] === "eigenvalues") return step.eigenvalues[Number(column)][path[2]!];
    return indexed(within(step, path.slice(1)), column!);
  }
  if (head === "input_jacobian") {
    const input = json.input_jacobian.find(({ t }: Json) => `x_${t}` === wrt);
    return indexed(within(input, path.slice(1)), ...(column === "" ? [] : [row!, column!]));
  }
  if (head === "eigenvalues" && path.length > 1) return json.eigenvalues[Number(row)][path[1]!];
  if (head === "values") return json.values[Number(row)][path[1]!];
  const firstRow = quantity === "gradient" && wrt === "x" && !json.reverse ? 1 : 0;
  const place = row === "" ? "" : String(Number(row) - firstRow);
  return indexed(within(json, [...path, ...(wrt === "" ? [] : [wrt!])]), place, column!);
}

/** Everything in JSON that is a number, true, false or null, or a word of a note, but for what tells a line's place. */
function countOf(value: Json, key = ""): number {
  if (["t", "unit", "norm", "goal", "of", "wrt", "order"].includes(key)) return 0;
  if (typeof value !== "object" || value === null) return 1;
  if (key === "worst") {
    const { row, column, ...numbers } = value;
    return Object.keys(numbers).length;
  }
  return Object.entries(value).reduce((sum, [name, inner]) => sum + countOf(inner, name), 0);
}

describe("renderCsv", () => {
  test.each(EVERY_RESULT)(
    "has every number of the JSON, each in its place and to the last bit: %s %s",
    async (...args) => {
      const [header, ...records] = readCsv(await printed([...args, "--format", "csv"]));
      const json = JSON.parse(await printed([...args, "--json"]));
      expect(header).toEqual(HEADER);
      const numbers = records.map(([, , , , value]) => (value === "" ? null : Number(value)));
      const expected = records.map((record) => {
        const value = valueInJson(json, record);
        return typeof value === "boolean" ? Number(value) : value;
      });
      // toEqual tells −0 from 0
      expect(numbers).toEqual(expected);
      expect(new Set(records.map((record) => record.slice(0, 4).join())).size).toBe(records.length);
      // that a whole result is of one unit is no place in it
      expect(records).toHaveLength(countOf(json) + Number("unit" in json));
    },
  );

  test("is long: a number a line, vectors without a column", async () => {
    const text = await printed(["show", "fixtures/one-unit.json", "--format", "csv"]);
    const lines = text.split("\n").map((line) => line.split(",").slice(0, 4).join());
    expect(lines.slice(0, 4)).toEqual(["quantity,wrt,row,column", "version,,,", "hidden_size,,,", "input_size,,,"]);
    expect(lines).toContain("gates.f,,0,");
    expect(lines).toContain("jacobian.f,h_prev,0,0");
    expect(lines).toContain("optimum.2.max.f.h_prev,,0,0");
  });

  test("leaves empty what is null: any unit vector is the optimum of a zero row", async () => {
    const lines = (await printed(["optimum", "fixtures/zero-row.json", "--format", "csv"])).split("\n");
    expect(lines).toContain("optimum.2.max.f.h_prev,,0,,");
    expect(lines).toContain("optimum.2.max.f.unique,,0,,0");
  });

  test("has a step's t as its row and the unit as its column", async () => {
    const lines = (await printed(["sequence", "fixtures/sequence.json", "--format", "csv"])).split("\n");
    const of = (start: string) =>
      lines.filter((line) => line.startsWith(start)).map((line) => line.split(",").slice(2, 4));
    const json = JSON.parse(await printed(["sequence", "fixtures/sequence.json", "--json"]));
    const units = Array.from({ length: json.hidden_size }, (_, k) => String(k));
    const steps = json.steps.map(({ t }: Json) => String(t));
    expect(of("steps.h_t,")).toEqual(steps.flatMap((t: string) => units.map((unit) => [t, unit])));
    expect(of("flow.step_norm,")).toEqual(steps.map((t: string) => [t, ""]));
    expect(of("exponent2,")).toEqual([["", ""]]);
  });

  test("writes −0 and the smallest double as they are", () => {
    expect([...renderCsv(sigmoidResult([-0]))].join("")).toContain("values.z,,0,,-0\n");
    const tiny = { version: 1, values: [{ z: -745, sigma: 5e-324, derivative: 1.7976931348623157e308 }] } as const;
    const text = [...renderCsv(tiny)].join("");
    expect(text).toContain(",5e-324\n");
    expect(text).toContain(",1.7976931348623157e+308\n");
  });

  test("quotes what has a comma, a quote or a line feed, so that it stays one field", () => {
    const awkward = { version: 1, values: [], 'a,"b"\nc': 1 } as unknown as Result;
    expect(readCsv([...renderCsv(awkward)].join("")).at(-1)).toEqual(['a,"b"\nc', "", "", "", "1"]);
  });

  test("has no line for a number that is none", () => {
    const bad = { version: 1, values: [{ z: NaN, sigma: 0, derivative: 0 }] } as const;
    expect(() => [...renderCsv(bad)]).toThrow("NaN");
  });

  test("hands a large result on in pieces", () => {
    const values = Array.from({ length: 20_000 }, (_, k) => ({ z: k, sigma: 0.5, derivative: 0.25 }));
    const pieces = [...renderCsv({ version: 1, values })];
    expect(pieces.length).toBeGreaterThan(5);
    expect(readCsv(pieces.join(""))).toHaveLength(1 + 1 + 3 * values.length);
  });
});
