/** Where the parts of the cell's diagram stand: on a page or a slide, and below each other in a narrow window. */
import type { Gate } from "../../../lstm/names.ts";

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly anchor?: "middle" | "end";
}

export interface CellLayout {
  readonly width: number;
  /** The ends of the lines of memory and output, and where the output leaves the memory. */
  readonly left: number;
  readonly right: number;
  readonly end: number;
  /** Where x_t comes in, from how far below, and how high the output gate meets the memory. */
  readonly input: number;
  readonly below: number;
  readonly meets: number;
  readonly columns: Readonly<Record<Gate, number>>;
  /** Half a box. */
  readonly half: number;
  readonly labels: Readonly<Record<"c_prev" | "kept" | "c_t" | "written" | "tanh" | "h_prev" | "x_t" | "h_t", Place>>;
  /** Of the gates whose value stands left of its line; without any, symbol and value stand below each other. */
  readonly onLeft: readonly Gate[] | null;
  /** The legend's first line, and how many entries, how far apart, stand in one. */
  readonly legend: { readonly y: number; readonly each: number; readonly apart: number };
}

export const WIDE: CellLayout = {
  ...{ width: 820, left: 30, right: 790, end: 682, input: 110, below: 372, meets: 190, half: 28 },
  columns: { f: 240, i: 345, u: 450, o: 562 },
  labels: {
    c_prev: { x: 30, y: 54 },
    kept: { x: 345, y: 54, anchor: "middle" },
    c_t: { x: 566, y: 54, anchor: "middle" },
    written: { x: 460, y: 116 },
    tanh: { x: 718, y: 122 },
    h_prev: { x: 30, y: 312 },
    x_t: { x: 118, y: 372 },
    h_t: { x: 698, y: 312 },
  },
  onLeft: ["f", "i"],
  legend: { y: 410, each: 5, apart: 148 },
};

export const NARROW: CellLayout = {
  ...{ width: 400, left: 10, right: 380, end: 352, input: 18, below: 388, meets: 176, half: 24 },
  columns: { f: 46, i: 126, u: 202, o: 277 },
  labels: {
    c_prev: { x: 10, y: 48 },
    kept: { x: 58, y: 94 },
    c_t: { x: 277, y: 54, anchor: "middle" },
    written: { x: 212, y: 100 },
    tanh: { x: 320, y: 126, anchor: "end" },
    h_prev: { x: 28, y: 356 },
    x_t: { x: 28, y: 388 },
    h_t: { x: 380, y: 356, anchor: "end" },
  },
  onLeft: null,
  legend: { y: 420, each: 3, apart: 128 },
};
