import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test.each(["src/linalg/kernels", "src/input/walk"])(
  "%s is compiled from what stands in assembly/, by the compiler of the lock file",
  (folder) => {
    const { version } = JSON.parse(read("package-lock.json")).packages["node_modules/assemblyscript"];
    const sources = readdirSync(new URL(`../../${folder}/assembly`, import.meta.url)).sort();
    const all = [
      version,
      read(`${folder}/asconfig.json`),
      ...sources.map((name) => read(`${folder}/assembly/${name}`)),
    ];
    const hash = createHash("sha256").update(all.join("\0")).digest("hex");
    // npm run build compiles them where it is another
    expect(read(`${folder}/compiled.ts`)).toContain(hash);
  },
);
