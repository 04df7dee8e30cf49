import { describe, expect, test } from "vitest";
import { fixture } from "../../helpers/fixtures.ts";
import { run } from "../../helpers/run.ts";
import { CELL, file, grade, right, WRONG } from "./ask.ts";

describe("what a teacher can ask for", () => {
  test("--require counts what is missing", async () => {
    const { result, status } = await grade(
      [CELL, "-", "--require", "h_t, gates.f"],
      JSON.stringify({ h_t: right.h_t }),
    );
    expect(status).toBe(1);
    expect(result).toMatchObject({ score: 1, max_score: 2, graded: "required", first_wrong: "gates.f" });
  });

  test("--points weighs", async () => {
    const points = file("points.json", { h_t: 3, "gates.f": 0.1 });
    const { result } = await grade([CELL, WRONG, "--points", points]);
    expect(result).toMatchObject({ score: 1.6, max_score: 3.1 });
  });

  test("--partial all gives nothing for half", async () => {
    expect((await grade([CELL, WRONG, "--require", "h_t"])).result!.score).toBe(0.5);
    expect((await grade([CELL, WRONG, "--require", "h_t", "--partial", "all"])).result!.score).toBe(0);
  });

  test.each([
    // h_t is 0.294601, -0.059991 in six digits
    [[], 0.2946, 0.29469],
    [["--rtol", "0.01"], 0.297, 0.298],
    [["--rtol", "0", "--atol", "0.001"], 0.2948, 0.295],
    [["--rtol", "0", "--atol", "0.001", "--atol-absolute"], 0.2955, 0.2957],
    [["--compare", "relabs", "--rtol", "0", "--atol", "0.001"], 0.2955, 0.2957],
    [["--compare", "sigfig", "--digits", "2"], 0.2996, 0.2999],
    [["--compare", "decdig", "--digits", "1"], 0.345, 0.346],
    [["--compare", "ulp", "--ulps", "1000000000"], 0.2946006, 0.2947],
  ])("the tolerance of %j accepts %d, not %d", async (flags, near, far) => {
    const ask = (h: number) => grade([CELL, "-", ...flags], JSON.stringify({ h_t: [h, right.h_t[1]] }));
    expect((await ask(near)).status).toBe(0);
    expect((await ask(far)).status).toBe(1);
  });

  test("--hints says as much as is wished", async () => {
    const { U_f } = fixture<{ U_f: number[][] }>("homework6.json");
    const ask = async (how: string) =>
      (await grade([CELL, "-", "--hints", how], JSON.stringify({ jacobian: { f: { h_prev: U_f } } }))).result!.tests[0];
    expect(await ask("none")).toMatchObject({ diagnosis: null, hint: null });
    expect(await ask("id")).toMatchObject({ diagnosis: "missing-sigma-prime", hint: null });
    expect((await ask("full"))!.hint).not.toBeNull();
  });

  test("--follow-through accepts what follows from an earlier slip", async () => {
    // with a slip in o, h_t = o ∘ tanh(c_t)
    const { c_t, gates } = JSON.parse(run(["forward", CELL, "--json"]).stdout) as {
      c_t: number[];
      gates: { o: number[] };
    };
    const o = [gates.o[0]!, 0.25];
    const answer = JSON.stringify({ gates: { o }, h_t: c_t.map((c, k) => o[k]! * Math.tanh(c)) });
    expect((await grade([CELL, "-"], answer)).result).toMatchObject({ score: 1 });
    expect((await grade([CELL, "-", "--follow-through"], answer)).result).toMatchObject({
      score: 1.5,
      tests: [{ status: "failed" }, { status: "passed", followed: ["gates.o"] }],
    });
  });
});
