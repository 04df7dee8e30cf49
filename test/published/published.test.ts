import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { fixture, fixtureNames } from "../helpers/fixtures.ts";
import { run } from "../helpers/run.ts";

/** What other people published of an LSTM: the command that a user would type, and what it is to print. */
interface Published {
  readonly command: readonly [string, ...string[]];
  readonly checks?: readonly { readonly path: string; readonly expected: Nested; readonly abs_tol: number }[];
  /** The command is to refuse the cell, naming these. */
  readonly refused?: boolean;
  readonly must_name?: readonly string[];
}

type Nested = number | readonly Nested[];

describe.each(fixtureNames("published"))("%s", (name) => {
  test.each(fixture<Published[]>(`published/${name}/expected.json`))("$command", (published) => {
    const [, ...args] = published.command;
    const cwd = fileURLToPath(new URL(`../../fixtures/published/${name}/`, import.meta.url));
    const { stdout, stderr, status } = run(args, { cwd });
    if (published.refused) {
      expect([status, stdout.includes("h_t")]).toEqual([2, false]);
      for (const word of published.must_name ?? []) expect(`${stdout}${stderr}`).toContain(word);
      return;
    }
    expect(stderr.split("\n").filter((line) => /^dlstm: .*expected/.test(line))).toEqual([]);
    expect(status).toBe(0);
    const lines = stdout.trim().split("\n");
    for (const { path, expected, abs_tol } of published.checks ?? []) {
      const results: unknown[] = lines.map((line) => JSON.parse(line));
      const found = flat(lookUp(args.includes("--ndjson") ? results : results[0], path));
      const apart = flat(expected).map((entry, k) => Math.abs(entry - found[k]));
      expect(found).toHaveLength(apart.length);
      expect(
        apart.filter((distance) => !(distance <= abs_tol)),
        `${path}: ${found}`,
      ).toEqual([]);
    }
  });

  test("says where it was published", () => {
    const source = readFileSync(new URL(`../../fixtures/published/${name}/source.txt`, import.meta.url), "utf8");
    expect(source.length).toBeGreaterThan(40);
  });
});

/** `steps/0/h_t`, `[*].h_t[4]`, `[[0.45]] - 0.1*gradient.W_u`, `sum over the batch of gradient.U_f[3, 1]` */
function lookUp(results: unknown, path: string): Nested {
  const [, summand] = /^sum over the batch of (.*)$/.exec(path) ?? [];
  if (summand) return flat(lookUp(results, `[*].${summand}`)).reduce((sum, entry) => sum + entry, 0);
  const [, before, rate, gradient] = /^(\[.*\]) - ([\d.]+)\*(.*)$/.exec(path) ?? [];
  if (!gradient) return at(results, path.match(/\*|\w+/g) ?? []);
  const change = flat(lookUp(results, gradient));
  return flat(JSON.parse(before)).map((weight, k) => weight - Number(rate) * change[k]);
}

function at(value: unknown, keys: readonly string[]): Nested {
  const [key, ...rest] = keys;
  if (key === undefined) return value as Nested;
  if (key === "*") return (value as unknown[]).map((entry) => at(entry, rest));
  return at((value as Record<string, unknown>)[key], rest);
}

function flat(nested: Nested): number[] {
  return typeof nested === "number" ? [nested] : nested.flatMap(flat);
}
