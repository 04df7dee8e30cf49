import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../src/render/markdown.ts";
import { EVERY_RESULT, printed } from "../helpers/every-result.ts";
import { handChecked } from "../helpers/hand-checked.ts";
import { temporaryFile } from "../helpers/temporary-file.ts";
import { wideCell } from "../helpers/wide-cell.ts";

/** The tables of a Markdown text, each with its cells; a | behind a backslash ends no cell. */
function tablesIn(markdown: string): string[][][] {
  const isLine = (line: string) => line.startsWith("|");
  const tables: string[][][] = [];
  let wasLine = false;
  for (const line of markdown.split("\n")) {
    if (isLine(line)) {
      if (!wasLine) tables.push([]);
      tables.at(-1)!.push(
        line
          .slice(1, -1)
          .split(/(?<!\\)\|/)
          .map((cell) => cell.trim()),
      );
    }
    wasLine = isLine(line);
  }
  return tables;
}

describe("renderMarkdown", () => {
  test("writes what was worked out by hand", () => {
    expect(renderMarkdown(handChecked(), { heading: "by hand", digits: 6 })).toBe(
      `## by hand (hidden size 2)

| gates |      f_t |
| :---- | -------: |
| [0]   | 0.500000 |
| [1]   | 0.500000 |

| ∂f_t/∂h_{t-1} |      [0] | [1] |
| :------------ | -------: | --: |
| [0]           | 0.750000 |  -1 |
| [1]           |        0 |   2 |

| max f_t, ‖h‖₂ = 1 |      f_t | z_f | h_{t-1}[0] |      [1] |
| :---------------- | -------: | --: | ---------: | -------: |
| [0]               | 0.993307 |   5 |   0.600000 | -0.80000 |
| [1]               | 0.999665 |   8 |          0 |  1.00000 |

missing for want of keys: i_t (U_i), o_t (U_o), u_t (U_u), c_t (U_i, U_u), h_t (U_i, U_o, U_u)
`,
    );
  });

  test.each(EVERY_RESULT)("has whole tables with a rule below the head: %s %s", async (...args) => {
    const markdown = await printed([...args, "--format", "markdown"]);
    const tables = tablesIn(markdown);
    expect(tables.length).toBeGreaterThan(0);
    for (const [head, rule, ...rows] of tables) {
      expect(rule![0]).toMatch(/^:-{2,}$/);
      for (const cell of rule!.slice(1)) expect(cell).toMatch(/^-{2,}:$/);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of [rule!, ...rows]) expect(row).toHaveLength(head!.length);
    }
    expect(markdown).not.toContain("…,");
  });

  test("has the numbers of the JSON, to the digits asked for, every row and column of a large matrix", async () => {
    const args = ["jacobian", temporaryFile(wideCell(24)), "--of", "f"];
    const [table] = tablesIn(await printed([...args, "--format", "markdown", "--digits", "9"]));
    const matrix: number[][] = JSON.parse(await printed([...args, "--json"])).jacobian.f.h_prev;
    const cells = table!.slice(2).map((row) => row.slice(1).map(Number));
    expect(cells).toHaveLength(24);
    for (const [r, row] of matrix.entries()) {
      expect(cells[r]).toHaveLength(24);
      for (const [k, entry] of row.entries()) {
        const largest = Math.max(...matrix.map((other) => Math.abs(other[k]!)));
        expect(Math.abs(cells[r]![k]! - entry) / largest).toBeLessThan(0.5e-8);
      }
    }
  });

  test("says below what there is to say", async () => {
    expect(await printed(["optimum", "fixtures/zero-row.json", "--format", "markdown"])).toContain(
      "\n\n\\* not the only optimum; any: every unit vector is one\n",
    );
    expect(await printed(["show", "fixtures/forget-gate-only.json", "--format", "markdown"])).toContain(
      "\n\nmissing for want of keys: ",
    );
  });

  test("has nothing of an input as markup", async () => {
    const name = "a|b <script>x</script> [l](http://x.y) `c` *d* _e_ $f$ ![i](j) &amp; \u001b[31m";
    const file = temporaryFile({ ...wideCell(1), name });
    const text = await printed([file, "--format", "markdown"]);
    expect(text.split("\n")[0]).toBe(
      "## a\\|b \\<script>x\\</script> \\[l\\](http\\://x.y) \\`c\\` \\*d\\* \\_e\\_ \\$f\\$ \\!\\[i\\](j) \\&amp; \\\\x1b\\[31m (hidden size 1)",
    );
    const tensors = temporaryFile({ "a|b\n# c": [[1]] });
    const list = tablesIn(await printed(["convert", "--list", tensors, "--format", "markdown"]));
    expect(list[0]![2]![0]).toBe("a\\|b\\\\x0a\\# c");
  });
});
