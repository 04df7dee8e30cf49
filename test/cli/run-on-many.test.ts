import { Readable, Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { runOnMany } from "../../src/cli/run-on-many.ts";
import type { Cell } from "../../src/lstm/cell.ts";
import { forwardResult } from "../../src/lstm/results/one-step.ts";

/** The exit code of a stream whose lines pass, fail their check, or are bad. */
async function statusOf(lines: readonly ("passes" | "fails" | "bad")[], flags: { keepGoing?: true } = {}) {
  let status = 0;
  const states = lines.map((kind) => ({ passes: '{"h_prev":[0]}', fails: '{"h_prev":[1]}', bad: "{" })[kind]);
  const stdout = new Writable({ write: (_chunk, _encoding, done) => done() });
  const context = { stdin: Readable.from([Buffer.from(states.join("\n"))]), stdout, stderr: stdout, env: {} };
  const endWith = (code: 1 | 2) => {
    status = Math.max(status, code);
  };
  const compute = (cell: Cell) => {
    if (cell.state.h_prev?.[0] === 1) endWith(1);
    return forwardResult(cell);
  };
  const options = { states: "-", format: "json", digits: 6, ...flags } as const;
  await runOnMany(["fixtures/one-unit.json"], { prepare: () => compute }, options, {
    context,
    argv: [],
    endWith,
    again: () => Promise.resolve(0),
  });
  return status;
}

describe("the exit code over many", () => {
  test("is 2 if any was bad, else 1 if any check failed", async () => {
    expect(await statusOf(["passes", "passes"])).toBe(0);
    expect(await statusOf(["passes", "fails", "passes"])).toBe(1);
    expect(await statusOf(["bad", "passes"])).toBe(2);
    expect(await statusOf(["bad", "fails"])).toBe(2);
  });

  test("with --keep-going is that without the bad ones", async () => {
    expect(await statusOf(["bad", "passes"], { keepGoing: true })).toBe(0);
    expect(await statusOf(["bad", "fails"], { keepGoing: true })).toBe(1);
  });
});
