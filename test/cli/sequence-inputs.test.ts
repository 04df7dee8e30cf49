import { describe, expect, test } from "vitest";
import {
  inputLineSchema,
  sequenceSchema,
  sequenceStepSchema,
  sequenceSummarySchema,
} from "../helpers/result-schemas.ts";
import { runMain } from "../helpers/run.ts";

const SEQUENCE = "fixtures/sequence.json";

const printed = async (...args: string[]) => {
  const { stdout, stderr, status } = await runMain(["sequence", SEQUENCE, ...args]);
  expect([stderr, status]).toEqual(["", 0]);
  return stdout;
};

const refused = async (...args: string[]) => {
  const { stdout, stderr, status } = await runMain(["sequence", SEQUENCE, ...args]);
  expect([stdout, status]).toEqual(["", 2]);
  return stderr;
};

describe("dlstm sequence --wrt x", () => {
  test("has the entries and norms of every step, the spectrum of each and of the whole", async () => {
    const result = sequenceSchema.parse(JSON.parse(await printed("--wrt", "x", "--json")));
    expect(result.input_jacobian!.map(({ t }) => t)).toEqual([1, 2, 3, 4, 5]);
    expect(Object.keys(result.input_jacobian![0]!)).toEqual([
      ...["t", "h_T", "c_T", "exponent2", "h_T_norm", "c_T_norm", "h_T_log10", "c_T_log10"],
    ]);
    for (const { eigenvalues, singular_log10 } of [result, ...result.flow]) {
      expect([eigenvalues!.length, singular_log10!.length]).toEqual([4, 4]);
    }
    // s_T changes by less than the product of norms
    const log10 = result.flow.reduce((sum, { step_norm }) => sum + Math.log10(step_norm!), 0);
    expect(result.singular_log10![0]).toBeLessThan(log10);
    expect(result.singular_log10![0]).toBeCloseTo(result.jacobian_log10!, 6);
  });

  test("adds nothing to what is printed without it", async () => {
    expect(await printed("--json")).not.toMatch(/input_jacobian|eigenvalues|singular/);
    const plain = await printed();
    const [table] = plain.split("\n\n‖∂s_5/∂s_0‖ =");
    expect(await printed("--wrt", "x")).toContain(table);
  });

  test("in csv names each matrix by its input", async () => {
    const lines = (await printed("--wrt", "x", "--format", "csv")).split("\n");
    const { input_jacobian: inputs, flow } = JSON.parse(await printed("--wrt", "x", "--json"));
    expect(lines).toContain(`input_jacobian.h_T,x_2,1,0,${inputs[1].h_T[1][0]}`);
    expect(lines).toContain(`input_jacobian.c_T_log10,x_4,4,,${inputs[3].c_T_log10}`);
    expect(lines).toContain(`flow.eigenvalues.re,,3,1,${flow[2].eigenvalues[1].re}`);
    expect(lines).toContain(`flow.singular_log10,,3,2,${flow[2].singular_log10[2]}`);
    expect(lines.filter((line) => line.startsWith("eigenvalues.im"))).toHaveLength(4);
  });

  test("--norms leaves the entries out, and so do tables but for --steps", async () => {
    const { input_jacobian: inputs } = sequenceSchema.parse(
      JSON.parse(await printed("--wrt", "x", "--norms", "--json")),
    );
    expect(inputs!.some((input) => "h_T" in input || "exponent2" in input)).toBe(false);
    expect(await printed("--wrt", "x")).not.toContain("∂h_5/∂x_1");
    const table = await printed("--wrt", "x", "--steps");
    for (const symbol of ["∂h_5/∂x_1", "∂c_5/∂x_5"]) expect(table).toContain(symbol);
    expect(await printed("--wrt", "x", "--steps", "--norms")).not.toContain("∂h_5/∂x_1");
  });

  test.each([[[]], [["--norms"]]])("as ndjson has a line an input behind the steps: %j", async (flags) => {
    const lines = (await printed("--wrt", "x", "--steps-format", "ndjson", "--from-step", "1", ...flags))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const record = sequenceSchema.parse(
      JSON.parse(await printed("--wrt", "x", "--json", "--from-step", "1", ...flags)),
    );
    expect(lines).toHaveLength(9);
    for (const line of lines.slice(0, 4)) sequenceStepSchema.parse(line);
    expect(lines.slice(4, 8).map((line) => inputLineSchema.parse(line).input_jacobian)).toEqual(
      record.input_jacobian!.toReversed(),
    );
    expect(sequenceSummarySchema.parse(lines[8]).singular_log10).toEqual(record.singular_log10);
  });

  test("refuses --norms without it, and other inputs", async () => {
    expect(await refused("--norms")).toBe("dlstm: --norms: only with --wrt x, whose derivatives it leaves out\n");
    expect(await refused("--wrt", "h_0")).toBe("dlstm: --wrt: h_0, expected one of x\n");
  });
});
