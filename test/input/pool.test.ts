import { expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { pooledZeros } from "../../src/input/pool.ts";
import { forward } from "../../src/lstm/forward.ts";
import { jacobian } from "../../src/lstm/jacobian.ts";
import { fixture } from "../helpers/fixtures.ts";

test("matrices from the pool are zero and none writes into another, across many buffers", () => {
  const matrices = Array.from({ length: 500 }, (_, k) => pooledZeros(1 + (k % 5), 1 + (k % 7)));
  for (const [k, { rows, cols, data }] of matrices.entries()) {
    expect([...data]).toEqual(new Array(rows * cols).fill(0));
    data.fill(k + 1);
  }
  for (const [k, { data }] of matrices.entries()) expect(new Set(data)).toEqual(new Set([k + 1]));
});

test("a large matrix has a buffer of its own", () => {
  expect(pooledZeros(20, 20).data.buffer.byteLength).toBe(8 * 400);
});

test("a Jacobian may be transferred to another thread, and its cell stays as it was", () => {
  const cell = parseCell(fixture("homework6.json"));
  const U_f = [...cell.gates.f!.U.data];
  const { data } = jacobian(forward(cell), "f", "h_prev");
  structuredClone(data, { transfer: [data.buffer as ArrayBuffer] });
  expect([...cell.gates.f!.U.data]).toEqual(U_f);
  expect(jacobian(forward(cell), "f", "h_prev").data.length).toBe(4);
});

test("where a weight was transferred, later cells are read as ever", () => {
  const { data } = parseCell(fixture("homework6.json")).gates.f!.U;
  structuredClone(data, { transfer: [data.buffer as ArrayBuffer] });
  expect([...parseCell(fixture("homework6.json")).gates.f!.U.data]).toEqual([0.5, -1.2, 1.5, 0.8]);
});
