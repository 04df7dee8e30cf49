/** Files of arrays that `convert -o` writes, read by their formats' own readers, where Python has them. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run, temporaryFolder } from "../helpers/run.ts";

const folder = temporaryFolder();
const READERS = {
  npz: "import numpy; load = lambda path: dict(numpy.load(path, allow_pickle=False))",
  safetensors: "from safetensors.numpy import load_file as load",
} as const;
/** As hexadecimal, so that every bit is compared. */
const PRINT = `
import json, sys
arrays = load(sys.argv[1])
print(json.dumps({name: [str(a.dtype), list(a.shape), [x.hex() for x in a.ravel().tolist()]] for name, a in arrays.items()}))`;

function read(python: string, kind: keyof typeof READERS, path: string): Record<string, [string, number[], string[]]> {
  const { stdout, stderr } = spawnSync(python, ["-c", READERS[kind] + PRINT, path], { encoding: "utf8" });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

/** The double that Python's float.hex writes. */
function doubleOf(hex: string): number {
  const [, sign, whole, fraction, exponent] = /^(-?)0x([01])\.([0-9a-f]+)p([+-]\d+)$/.exec(hex)!;
  const mantissa = Number.parseInt(whole + fraction, 16) * 2 ** (-4 * fraction!.length);
  return (sign ? -1 : 1) * mantissa * 2 ** Number(exponent);
}

describe.each(["npz", "safetensors"] as const)("-o FILE.%s", (kind) => {
  const python = ["python3", "/usr/bin/python3"].find(
    (candidate) => spawnSync(candidate, ["-c", READERS[kind]]).status === 0,
  );

  test.skipIf(python === undefined)("is read by its own reader: names, shapes, every double", () => {
    for (const to of ["native", "pytorch", "keras"]) {
      const path = join(folder, `${to}.${kind}`);
      const source = "fixtures/weights/native.json";
      expect(run(["convert", source, "--to", to, "-q", "-o", path])).toEqual({ stdout: "", stderr: "", status: 0 });
      const { name: _, ...weights } = JSON.parse(run(["convert", source, "--to", to, "-q"]).stdout);
      const arrays = read(python!, kind, path);
      expect(Object.keys(arrays).toSorted()).toEqual(Object.keys(weights).toSorted());
      for (const [name, [dtype, shape, numbers]] of Object.entries(arrays)) {
        const rows = weights[name];
        expect(dtype).toBe("float64");
        expect(shape).toEqual(Array.isArray(rows[0]) ? [rows.length, rows[0].length] : [rows.length]);
        expect(numbers.map(doubleOf)).toEqual(rows.flat());
      }
    }
  });
});

test("the bytes of an npz are the same each time, and hold no date", () => {
  const paths = ["a.npz", "b.npz"].map((name) => join(folder, name));
  for (const path of paths) run(["convert", "fixtures/weights/native.json", "-q", "-o", path]);
  const [a, b] = paths.map((path) => readFileSync(path));
  expect(a!.equals(b!)).toBe(true);
});
