import { describe, expect, test } from "vitest";
import { gradeAnswer } from "../../src/grade/grade.ts";
import { cellKey, resultKey } from "../../src/grade/key.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { answerWith } from "./lesson.ts";

describe("optima that are not unique", () => {
  const key = cellKey(
    parseCell({
      U_f: [
        [0, 0, 0],
        [2, -2, 1],
        [3, 0, 4],
      ],
    }),
  );
  const statusOf = (path: string, rows: unknown[]) => gradeAnswer(key, answerWith(path, rows as number[][])).tests[0];

  test("any unit vector is right for a zero row, and so is null", () => {
    const others = [
      [2 / 3, -2 / 3, 1 / 3],
      [0.6, 0, 0.8],
    ];
    for (const first of [null, [1, 0, 0], [0.6, 0, -0.8]]) {
      expect(statusOf("optimum.2.max.f.h_prev", [first, ...others])).toMatchObject({ status: "passed" });
    }
    for (const first of [[1, 1, 0], [0, 0, 0], [Number.NaN, 0, 1], "null"]) {
      expect(statusOf("optimum.2.max.f.h_prev", [first, ...others])).toMatchObject({ status: "failed" });
    }
    expect(statusOf("optimum.2.max.f.h_prev", [null, null, others[1]])).toMatchObject({ right: 6, entries: 9 });
  });

  test("what is 1.5e-4 below the largest value does not attain it, what is 0.75e-4 below does", () => {
    const rightOf = (least: number) => {
      const rows = [
        [1, 0, 0],
        [1 - least, 0, least],
        [0, 0, 1],
      ];
      return gradeAnswer(key, answerWith("optimum.1.max.f.h_prev", rows)).tests[0].right;
    };
    expect([rightOf(1.5e-4), rightOf(3e-4)]).toEqual([9, 7]);
  });

  test("a result as the key tells ties for p = inf, too: where h* is zero, any |h| ≤ 1 attains it", () => {
    const units = [null, [-1, 0, -1], [1, 1, 1]].map((h_prev, unit) => ({ unit, h_prev }));
    const result = resultKey({ optimum: { norm: "inf", goal: "min", gates: { f: units } } }, null);
    const rightOf = (rows: unknown[]) =>
      gradeAnswer(result, answerWith("optimum.inf.min.f.h_prev", rows as number[][])).tests[0].right;
    expect(
      rightOf([
        [0, 0.3, 1],
        [-1, -0.7, -1],
        [1, 1, 1],
      ]),
    ).toBe(9);
    expect(rightOf([null, [-1, 1.1, -1], [1, 1, 1]])).toBe(8);
    expect(rightOf([null, [-0.9, 0.5, -1], [1, 1, 0.5]])).toBe(6);
  });

  test("an optimum of a result that is the only one is compared entry by entry, not by what it attains", () => {
    const result = resultKey(
      {
        optimum: {
          gates: {
            f: [
              { unit: 0, h_prev: [0.6, 0.8] },
              { unit: 1, h_prev: [1, 0] },
            ],
          },
        },
      },
      null,
    );
    // of unit length, and its product with h* is 1 to within 1e-4
    const turned = [0.61, Math.sqrt(1 - 0.61 ** 2)];
    const [graded] = gradeAnswer(result, answerWith("optimum.2.max.f.h_prev", [turned, [1, 0]])).tests;
    expect(graded).toMatchObject({ right: 2, entries: 4, status: "failed" });
  });

  test("null for a zero row is no missing number, and hides no mistake in the others", () => {
    const [path, null_] = ["optimum.2.max.f.h_prev", null];
    const message = "6 of 9 entries are wrong";
    const planted = [
      [
        "wrong-sign",
        [
          [-2 / 3, 2 / 3, -1 / 3],
          [-0.6, -0, -0.8],
        ],
      ],
      [
        "not-normalised",
        [
          [2, -2, 1],
          [3, 0, 4],
        ],
      ],
    ] as const;
    for (const [id, rows] of planted) {
      expect(statusOf(path, [null_, ...rows]).diagnosis).toBe(id);
    }
    const random = [
      [0.1, 0.7, 0.4],
      [0.3, 0.2, -0.9],
    ];
    expect(statusOf(path, [null_, ...random])).toMatchObject({ right: 3, diagnosis: null, message });
    expect(statusOf(path, [null_, [0.67, -0.67, 0.33], [0.6, 0, 0.8]]).diagnosis).toBe("too-few-digits");
    // a unit that has an optimum is not rightly null
    expect(statusOf(path, [null_, null_, random[1]]).diagnosis).toBe("not-a-number");
  });

  test("with ties, whatever attains the norm is right: p = 1", () => {
    const right = [
      [0.2, 0.3, -0.5],
      [0, -1, 0],
      [0, 0, 1],
    ];
    expect(statusOf("optimum.1.max.f.h_prev", right)).toMatchObject({ status: "passed" });
    expect(statusOf("optimum.1.max.f.h_prev", [right[0], [0.25, -0.75, 0], right[2]])).toMatchObject({
      status: "passed",
    });
    expect(statusOf("optimum.1.max.f.h_prev", [right[0], [0.25, 0.75, 0], right[2]])).toMatchObject({
      status: "failed",
    });
    expect(statusOf("optimum.1.min.f.h_prev", [right[0], [0, 1, 0], [0, 0, -1]])).toMatchObject({ status: "passed" });
  });

  test("with zero entries, whatever attains the norm is right: p = inf", () => {
    expect(
      statusOf("optimum.inf.max.f.h_prev", [
        [1, 0, 0],
        [1, -1, 1],
        [1, 0.5, 1],
      ]),
    ).toMatchObject({ status: "passed" });
    expect(
      statusOf("optimum.inf.max.f.h_prev", [
        [1, 0, 0],
        [1, -1, 1],
        [1, 2, 1],
      ]),
    ).toMatchObject({ right: 8 });
  });
});
