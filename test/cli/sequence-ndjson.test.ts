import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { sequenceLines } from "../../src/lstm/results/sequence.ts";
import { fixture } from "../helpers/fixtures.ts";
import { sequenceStepSchema, sequenceSummarySchema } from "../helpers/result-schemas.ts";
import { bash, run, runMain, temporaryFolder } from "../helpers/run.ts";
import { expectClose, long, sequence } from "../helpers/run-sequence.ts";

const SEQUENCE = "fixtures/sequence.json";
const CELL = fixture("sequence.json");
const folder = temporaryFolder();

function file(name: string, json: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(json));
  return path;
}

const streamOf = async (args: readonly string[]) => {
  const { stdout, stderr, status } = await runMain(["sequence", ...args, "--steps-format", "ndjson"]);
  expect([stderr, status]).toEqual(["", 0]);
  const lines = stdout
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  return { steps: lines.slice(0, -1).map((line) => sequenceStepSchema.parse(line)), summary: lines.at(-1) };
};

describe("dlstm sequence --steps-format ndjson", () => {
  test.each([[[]], [["--from-step", "2"]], [["--from-step", "1", "--to-step", "4"]]])(
    "prints the same numbers, a line a step and last the rest: %j",
    async (args) => {
      const result = await sequence([SEQUENCE, ...args]);
      const { steps, summary } = await streamOf([SEQUENCE, ...args]);
      const { steps: states, flow, ...rest } = result;
      expect(steps).toEqual(
        states.map((state, k) => {
          const { to_end_norm: _, to_end_log10: __, ...own } = flow[k]!;
          return { ...state, ...own };
        }),
      );
      const last = sequenceSummarySchema.parse(summary);
      // the product is built from the other end
      expectClose(Object.values(last.jacobian.h_T).flat(), Object.values(rest.jacobian.h_T).flat(), 1e-15);
      expectClose(Object.values(last.jacobian.c_T).flat(), Object.values(rest.jacobian.c_T).flat(), 1e-15);
      expect(last.jacobian_norm).toBeCloseTo(rest.jacobian_norm!, 12);
      expect({ ...last, jacobian: 0, jacobian_norm: 0, jacobian_log10: 0 }).toEqual({
        ...rest,
        ...{ jacobian: 0, jacobian_norm: 0, jacobian_log10: 0 },
      });
    },
  );

  test("carries a product far below the doubles as the table does", async () => {
    const path = file("long.json", long(1000));
    const { steps, summary } = await streamOf([path]);
    const last = sequenceSummarySchema.parse(summary);
    const result = await sequence([path]);
    expect([steps.length, last.jacobian_norm, last.exponent2]).toEqual([1000, null, result.exponent2]);
    expect(last.jacobian_log10).toBeLessThan(-320);
    expect(last.jacobian_log10).toBeCloseTo(result.jacobian_log10!, 8);
  });

  test("hands on each step before it computes the next: what changes meanwhile is in the next", () => {
    const steps = (x: number[][]) => sequenceLines(parseCell({ ...CELL, x }), { from: 0, to: 2 });
    const cell = parseCell({
      ...CELL,
      x: [
        [1, 1],
        [1, 1],
      ],
    });
    const lines = sequenceLines(cell, { from: 0, to: 2 });
    const [first] = steps([
      [1, 1],
      [9, 9],
    ]);
    expect(lines.next().value).toEqual(first);
    cell.x!.data.set([9, 9], 2);
    const [, second] = steps([
      [1, 1],
      [9, 9],
    ]);
    expect(lines.next().value).toEqual(second);
    expect(
      [
        ...steps([
          [1, 1],
          [1, 1],
        ]),
      ][1],
    ).not.toEqual(second);
  });

  test("goes to a file whole or not at all, and ends quietly in a closed pipe", () => {
    const path = join(folder, "steps.ndjson");
    const stream = ["sequence", SEQUENCE, "--steps-format", "ndjson"];
    expect(run([...stream, "-o", path])).toEqual({ stdout: "", stderr: "", status: 0 });
    expect(readFileSync(path, "utf8").split("\n")).toHaveLength(7);
    const far = file("far.json", long(20_000));
    const { stdout, stderr, status } = bash(`dlstm sequence ${far} --steps-format ndjson | head -1`);
    expect([stderr, status]).toEqual(["", 0]);
    expect(JSON.parse(stdout)).toMatchObject({ t: 1 });
    expect(run(["sequence", file("bad.json", { ...CELL, x: [[1]] }), "-o", join(folder, "none")]).status).toBe(2);
    expect(bash("ls", { cwd: folder }).stdout).not.toContain("none");
  });

  test("keeps nothing of the steps: 8,000 take the memory of 1,000, which the whole result does not", () => {
    const path = file("memory.json", long(8_000));
    const peak = (...args: string[]) => {
      const node = `"$DLSTM_NODE" --max-semi-space-size=1 -r ./test/bench/peak-memory.cjs`;
      const command = `${node} "$DLSTM_BIN" sequence ${path} ${args.join(" ")} -o /dev/null 3>&1`;
      const { stdout, status } = bash(command);
      expect(status).toBe(0);
      return Number(stdout) / 1024;
    };
    const streamed = peak("--steps-format ndjson");
    expect(Math.abs(streamed - peak("--steps-format ndjson --to-step 1000"))).toBeLessThan(15);
    expect(peak("--json") - streamed).toBeGreaterThan(20);
  });
});
