/** Compiles each folder of AssemblyScript where it, its configuration or its compiler's version has changed since. The compiler is loaded only then. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/**
 * What becomes of the folders, under its name, with the features that are to be enabled beside those of the configuration; the
 * sources of `uses` count as theirs.
 */
const FOLDERS = {
  "src/linalg/kernels/": { variants: { FUSED: ["relaxed-simd"], SPLIT: [] } },
  "src/input/walk/": { variants: { WALK: [] }, uses: ["src/linalg/kernels/"] },
  "src/lstm/small-step/": { variants: { STEP: [] }, uses: ["src/linalg/kernels/"] },
};

const lock = JSON.parse(readFileSync(new URL("package-lock.json", import.meta.url), "utf8"));
const { version } = lock.packages["node_modules/assemblyscript"];

async function compiled(folder, features) {
  const { main } = await import("assemblyscript/asc");
  let bytes = null;
  const enabled = features.flatMap((feature) => ["--enable", feature]);
  const args = ["--config", "asconfig.json", "--baseDir", folder.pathname, "-o", "out.wasm", ...enabled];
  const { error, stderr } = await main(args, {
    writeFile: (_, contents) => {
      bytes = contents;
    },
  });
  if (error) throw new Error(stderr.toString());
  return Buffer.from(bytes).toString("base64");
}

for (const [path, { variants, uses = [] }] of Object.entries(FOLDERS)) {
  const folder = new URL(path, import.meta.url);
  const read = (name) => readFileSync(new URL(name, folder), "utf8");
  const all = [version, read("asconfig.json")];
  for (const of of [path, ...uses]) {
    const assembly = new URL(`${of}assembly/`, import.meta.url);
    for (const name of readdirSync(assembly).sort()) all.push(readFileSync(new URL(name, assembly), "utf8"));
  }
  const hash = createHash("sha256").update(all.join("\0")).digest("hex");
  if (read("compiled.ts").includes(hash)) continue;
  let text = `/** What assembly/ is compiled to by npm run build, which makes it anew when their hash is another than ${hash}. */\n`;
  for (const [name, features] of Object.entries(variants)) {
    text += `export const ${name} =\n  "${await compiled(folder, features)}";\n`;
  }
  writeFileSync(new URL("compiled.ts", folder), text);
}
