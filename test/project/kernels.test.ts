import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test.each([
  ["src/linalg/kernels", []],
  ["src/input/walk", ["src/linalg/kernels"]],
  ["src/lstm/small-step", ["src/linalg/kernels"]],
])("%s is compiled from what stands in assembly/, by the compiler of the lock file", (folder, uses) => {
  const { version } = JSON.parse(read("package-lock.json")).packages["node_modules/assemblyscript"];
  const sourcesOf = (of: string) =>
    readdirSync(new URL(`../../${of}/assembly`, import.meta.url))
      .sort()
      .map((name) => read(`${of}/assembly/${name}`));
  const all = [version, read(`${folder}/asconfig.json`), ...[folder, ...uses].flatMap(sourcesOf)];
  const hash = createHash("sha256").update(all.join("\0")).digest("hex");
  // npm run build compiles them where it is another
  expect(read(`${folder}/compiled.ts`)).toContain(hash);
});
