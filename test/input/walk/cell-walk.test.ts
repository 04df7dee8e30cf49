import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DlstmError } from "../../../src/errors.ts";
import { exampleCell } from "../../../src/input/example.ts";
import { readJson } from "../../../src/input/json-file.ts";
import { ARRAY_KEYS } from "../../../src/input/keys.ts";
import { labelOf, withoutId } from "../../../src/input/line-label.ts";
import { parseCell } from "../../../src/input/parse-cell.ts";
import { cellWithState } from "../../../src/input/state-line.ts";
import { cellWalk, stateWalk, type WalkLine } from "../../../src/input/walk/cell-walk.ts";
import type { Cell } from "../../../src/lstm/cell.ts";
import { jsonLine } from "../../../src/render/json.ts";

const walk = cellWalk()!;
const plain = (hidden: number, input: number): Record<string, unknown> =>
  JSON.parse(jsonLine(exampleCell(hidden, input, 17)));
const own = parseCell(plain(2, 3));
const walkState = stateWalk(own)!;

/** What careful reading makes of a line; null where it refuses. */
function carefully(text: string, read: (json: unknown) => Cell) {
  try {
    const json = readJson(Buffer.from(text), null);
    return { label: labelOf(json, () => text), cell: read(withoutId(json, () => text)) };
  } catch (error) {
    if (error instanceof DlstmError) return null;
    throw error;
  }
}

/** Whether the walk takes a line, of which it must then make what careful reading does. */
function agrees(text: string, walkLine: WalkLine, read: (json: unknown) => Cell): boolean {
  const found = walkLine(Buffer.from(text));
  if (found !== null) expect(found, text).toEqual(carefully(text, read));
  return found !== null;
}
const asCell = (text: string) => agrees(text, walk, (json) => parseCell(json));
const asState = (text: string) => agrees(text, walkState, (json) => cellWithState(own, json, null));

describe("a plain line", () => {
  const sequence = {
    ...plain(2, 3),
    x_t: undefined,
    x: [
      [1, 2, 3],
      [4, 5, 6],
    ],
    reverse: true,
    dh_t: [1, 2],
  };
  test.each([
    ["a cell of a step", plain(2, 3)],
    ["another of another size, then the first again", plain(5, 1)],
    ["the first again", plain(2, 3)],
    ["a sequence", sequence],
    [
      "a gate alone",
      {
        U_f: [
          [1, 2],
          [3, 4],
        ],
        h_prev: [1, -0.5],
      },
    ],
    ["no input", { U_o: [[1e-300]], b_o: [1.7976931348623157e308] }],
    ["an id behind the name", { name: "ab", U_f: [[1]], id: 7 }],
    ["an id of text", { id: "a b", U_f: [[1]] }],
  ])("is walked along: %s", (_, cell) => {
    expect(asCell(JSON.stringify(cell))).toBe(true);
    expect(asCell(JSON.stringify(cell, null, 1).replaceAll("\n", "\t \r"))).toBe(true);
  });

  test.each([
    { h_prev: [1, 2] },
    { x_t: [1, 2, 3], c_prev: [0, 1], id: 1 },
    { x: [[1, 2, 3]], dh_t: [1, 2], name: "n" },
  ])("of a state too: %j", (state) => {
    expect(asState(JSON.stringify(state))).toBe(true);
  });
});

test("lines that are changed somewhere are walked along as they are read, or left to careful reading", () => {
  const base = [plain(2, 3), plain(1, 1), { U_f: [[1]], id: 1, name: "n", x: [[1]] }, { ...plain(2, 3), id: "x" }].map(
    (cell) => JSON.stringify(cell),
  );
  const pieces = [
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    '"',
    "\\",
    "-",
    "+",
    ".",
    "e",
    "E",
    "0",
    "1",
    "00",
    " ",
    "\t",
    "\u00e9",
    "null",
    "true",
    "NaN",
    "[]",
    "1e999",
    "1e-400",
    "123456789012345678901",
    ...ARRAY_KEYS.map((key) => `"${key}":`),
    '"id":',
    '"reverse":true,',
    '"name":"m",',
    '"$schema":"s",',
  ];
  let taken = 0;
  let left = 0;
  const text = fc.constantFrom(...base);
  const change = fc.tuple(fc.nat(10 ** 6), fc.nat(3), fc.constantFrom("", ...pieces));
  fc.assert(
    fc.property(text, fc.array(change, { minLength: 1, maxLength: 2 }), (line, changes) => {
      const changed = changes.reduce((before, [where, gone, by]) => {
        const at = where % before.length;
        return before.slice(0, at) + by + before.slice(at + gone);
      }, line);
      for (const wasTaken of [asCell(changed), asState(changed)]) {
        if (wasTaken) taken += 1;
        else left += 1;
      }
    }),
    { numRuns: 8_000, seed: 17 },
  );
  expect(Math.min(taken, left)).toBeGreaterThan(300);
});
