import { closeSync, openSync, writeSync } from "node:fs";
import { exampleCell } from "../../src/input/example.ts";
import { jsonLine } from "../../src/render/json.ts";

const EACH_BAD = 1009;

/** So many cells, a line each with its id; they differ in their state, over all bits of it. */
export function writeCells(path: string, count: number): void {
  const { name: _, ...example } = JSON.parse(jsonLine(exampleCell(2, 2, 1)));
  const file = openSync(path, "w");
  let text = "";
  for (let id = 0; id < count; id++) {
    const h_prev = id % EACH_BAD === 0 ? [1] : [Math.sin(id), Math.cos(id) * 2 ** (id % 9)];
    text += `${JSON.stringify({ id, ...example, h_prev })}\n`;
    if (text.length < 2 ** 20 && id + 1 < count) continue;
    writeSync(file, text);
    text = "";
  }
  closeSync(file);
}
