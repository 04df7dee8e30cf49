import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { OUTPUTS, WRTS } from "../../src/lstm/names.ts";
import { forwardResult, jacobianResult, optimumResult, showResult } from "../../src/lstm/results/one-step.ts";
import { sigmoidResult } from "../../src/lstm/results/sigmoid.ts";
import { captionsOf, sectionsOf } from "../../src/render/sections.ts";
import { fixture } from "../helpers/fixtures.ts";

const cellOf = (name: string) => parseCell(fixture(`${name}.json`), `${name}.json`);
const titlesOf = (...of: Parameters<typeof sectionsOf>) => sectionsOf(...of).map(({ title }) => title);

describe("sectionsOf", () => {
  test("walks the answers of show in the contract's order", () => {
    const result = showResult(cellOf("homework6"));
    expect(titlesOf(result)).toEqual(["gates and state", "∂f_t/∂h_{t-1}", "∂h_t/∂h_{t-1}", "max f_t, ‖h‖₂ = 1"]);
    const [gates] = sectionsOf(result);
    expect(gates?.columns.map(({ label }) => label)).toEqual(["f_t", "i_t", "o_t", "u_t", "c_t", "h_t"]);
  });

  test("has a section for every derivative and every path", () => {
    const request = { of: OUTPUTS, wrt: WRTS, terms: true };
    const titles = titlesOf(jacobianResult(cellOf("bias-and-input"), request));
    expect(titles).toHaveLength(OUTPUTS.length * WRTS.length + 4);
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles.slice(-4).map((title) => title.slice(0, 3))).toEqual(["T_o", "T_f", "T_i", "T_u"]);
  });

  test("has rows of units and columns of components for a matrix", () => {
    const [section] = sectionsOf(jacobianResult(cellOf("bias-and-input"), { of: ["f"], wrt: ["x_t"], terms: false }));
    expect([section?.rows, section?.columns.length]).toEqual([3, 2]);
    const { jacobian } = jacobianResult(cellOf("bias-and-input"), { of: ["f"], wrt: ["x_t"], terms: false });
    expect(section?.columns[1]?.at(2)).toBe(jacobian.f?.x_t?.data[5]);
  });

  test("has only the gates of a partial cell, and no state", () => {
    const [preactivations, gates, ...more] = sectionsOf(forwardResult(cellOf("forget-gate-only")));
    expect(preactivations?.columns.map(({ label }) => label)).toEqual(["z_f"]);
    expect(gates?.columns.map(({ label }) => label)).toEqual(["f_t"]);
    expect(more).toEqual([]);
  });

  test("marks the units whose optimum is not unique, and says what the mark means", () => {
    const options = { gates: ["f"], units: null, norm: "2", goal: "max" } as const;
    const [section] = sectionsOf(optimumResult(cellOf("zero-row"), options));
    expect([0, 1, 2].map((row) => section?.rowLabel(row))).toEqual(["[0]*", "[1]", "[2]"]);
    expect(section?.columns.at(-1)?.at(0)).toBeNull();
    expect(section?.captions.join()).toContain("not the only optimum");
    const [unique] = sectionsOf(optimumResult(cellOf("homework6"), options));
    expect(unique?.captions).toEqual([]);
  });

  test("labels units with their own number where some are chosen", () => {
    const options = { gates: ["f"], units: [2, 0], norm: "inf", goal: "min" } as const;
    const [section] = sectionsOf(optimumResult(cellOf("bias-and-input"), options));
    expect(section?.title).toBe("min f_t, ‖h‖∞ = 1");
    expect([0, 1].map((row) => section?.rowLabel(row))).toEqual(["[2]", "[0]"]);
  });

  test("shows z, σ(z) and σ'(z) of sigmoid", () => {
    const [section] = sectionsOf(sigmoidResult([0]));
    expect([section?.title, section?.rowLabel(0)]).toEqual(["z", "0"]);
    expect(section?.columns.map(({ label, at }) => [label, at(0)])).toEqual([
      ["σ(z)", 0.5],
      ["σ'(z)", 0.25],
    ]);
  });
});

describe("captionsOf", () => {
  test("has nothing to say of a whole cell, nor of sigmoid", () => {
    expect(captionsOf(showResult(cellOf("homework6")))).toEqual([]);
    expect(captionsOf(sigmoidResult([1]))).toEqual([]);
  });

  test("says what was taken as zero and what is missing, with the keys", () => {
    const captions = captionsOf(forwardResult(parseCell({ W_f: [[1]], U_f: [[1]] }))).join("\n");
    for (const part of ["h_{t-1}", "x_t", "zero", "c_t", "U_i", "U_o"]) expect(captions).toContain(part);
  });
});
