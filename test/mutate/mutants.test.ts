import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { EQUIVALENT } from "./equivalent.ts";
import { apply, mutantsOf } from "./mutants.ts";

const changed = (source: string) => mutantsOf("a.ts", `${source}\n`).map(({ is }) => is);

test("operators, comparisons, conditions, numbers and statements are changed, one at a time", () => {
  expect(changed("const a = b - c;")).toEqual(["const a = b + c;"]);
  expect(changed("const a = b < c && d;")).toEqual([
    "const a = b < c || d;",
    "const a = b <= c && d;",
    "const a = b >= c && d;",
  ]);
  expect(changed("if (a) b();")).toEqual(["if (true) b();", "if (false) b();", "if (a) ;"]);
  expect(changed("const a = -(b ?? 2);")).toEqual([
    "const a = (b ?? 2);",
    "const a = -(b && 2);",
    "const a = -(b ?? 3);",
  ]);
  expect(changed("const a = Math.max(b, c.some(d));")).toEqual([
    "const a = Math.min(b, c.some(d));",
    "const a = Math.max(b, c.every(d));",
  ]);
});

test("an operator is found past brackets and comments", () => {
  expect(changed("const a = (b) /* - */ - (-c);")).toEqual([
    "const a = (b) /* - */ + (-c);",
    "const a = (b) /* - */ - ((c));",
  ]);
});

test("types and imports have no mutants, and what a for counts by has none", () => {
  expect(changed('import { a } from "./b-1.ts";\ntype A = 1 | (typeof a)[0];\nconst b = a as 2;')).toEqual([]);
  expect(changed("for (let k = n; k < m; k++) {}")).toEqual([
    "for (let k = n; false; k++) {}",
    "for (let k = n; k <= m; k++) {}",
    "for (let k = n; k >= m; k++) {}",
  ]);
});

test("a mutant knows its line, and is the source with that one change", () => {
  const source = "const a = 1;\nconst b = a * 2;\n";
  const [, times, two] = mutantsOf("a.ts", source);
  expect([times.line, times.was, times.is]).toEqual([2, "const b = a * 2;", "const b = a / 2;"]);
  expect(apply(two, source)).toBe("const a = 1;\nconst b = a * 3;\n");
});

test("each change that is listed as equivalent is one of its file as it stands", () => {
  for (const { file, was, is } of EQUIVALENT) {
    const mutants = mutantsOf(file, readFileSync(file, "utf8"));
    expect(
      mutants.some((mutant) => mutant.was === was && mutant.is === is),
      `${file}: ${was}`,
    ).toBe(true);
  }
});
