import { expect, test } from "vitest";
import { run } from "../helpers/run.ts";

test.each(["/dev/null/cache", "package.json"])(
  "a cache directory for compiled code that cannot be used does not show: %s",
  (cache) => {
    const { stdout, stderr, status } = run(["sigmoid", "0", "--json"], { env: { NODE_COMPILE_CACHE: cache } });
    expect(stdout).toBe('{"version":1,"values":[{"z":0,"sigma":0.5,"derivative":0.25}]}\n');
    expect([stderr, status]).toEqual(["", 0]);
  },
);
