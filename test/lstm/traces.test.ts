import { expect, test, vi } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { backpropagate } from "../../src/lstm/backward.ts";
import { type FullTrace, forward, requireTrace } from "../../src/lstm/forward.ts";
import { GATES } from "../../src/lstm/names.ts";
import { productToStart } from "../../src/lstm/sequence-jacobian.ts";
import { Traces } from "../../src/lstm/traces.ts";
import { stepCell, unroll } from "../../src/lstm/unroll.ts";
import { randomSequence } from "../helpers/sequences.ts";

const T = 9;
const unrolled = unroll(parseCell(randomSequence(3, 2, T)));
let made = 0;
const few = new Traces(T, [...unrolled.traces].slice(0, 2), (k) => {
  made += 1;
  return requireTrace(forward(stepCell(unrolled, k + 1)), "h_t");
});

test("a trace that is not kept is the one that was, to the last bit", () => {
  const printed = (trace: FullTrace) => [trace.z("f"), ...GATES.map((g) => trace.gate(g)), trace.c_t, trace.h_t];
  const all = Array.from(unrolled.traces, printed);
  expect(Array.from(few, printed)).toEqual(all);
  expect(Array.from(few.from(5), printed)).toEqual(all.slice(5));
  const span = { from: 0, to: T };
  expect(productToStart(few, span)).toEqual(productToStart(unrolled.traces, span));
  const upstream = { h: null, c: null, ...unrolled.cell.upstream };
  expect(backpropagate({ cell: unrolled.cell, traces: few }, upstream)).toEqual(backpropagate(unrolled, upstream));
});

test("a run that keeps one trace makes the others again", () => {
  const room = vi.spyOn(Traces, "room").mockReturnValue(1);
  const { traces } = unroll(parseCell(randomSequence(3, 2, T)));
  room.mockRestore();
  expect(Array.from(traces, ({ h_t }) => h_t)).toEqual(Array.from(unrolled.traces, ({ h_t }) => h_t));
});

test("one that is asked for twice is computed once, those that are kept never", () => {
  made = 0;
  for (const k of [0, 1, 6, 6, 5, 1, 5]) few.at(k);
  expect(made).toBe(2);
});

test("what is kept fits into 256 MB, and is never nothing", () => {
  expect(Traces.room(2)).toBeGreaterThan(20_000);
  expect(Traces.room(1024) * 28 * 8 * 1024).toBeLessThanOrEqual(2 ** 28);
  expect(Traces.room(1e9)).toBe(1);
});
