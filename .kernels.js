/** Compiles src/linalg/kernels/assembly where it, its configuration or its compiler's version has changed since. The compiler is loaded only then. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const FOLDER = new URL("src/linalg/kernels/", import.meta.url);
const COMPILED = new URL("compiled.ts", FOLDER);

const read = (name) => readFileSync(new URL(name, FOLDER), "utf8");
const lock = JSON.parse(readFileSync(new URL("package-lock.json", import.meta.url), "utf8"));
const { version } = lock.packages["node_modules/assemblyscript"];
const sources = readdirSync(new URL("assembly", FOLDER)).sort();
const all = [version, read("asconfig.json"), ...sources.map((name) => read(`assembly/${name}`))];
const hash = createHash("sha256").update(all.join("\0")).digest("hex");

async function compiled(...features) {
  const { main } = await import("assemblyscript/asc");
  let bytes = null;
  const args = ["--config", "asconfig.json", "--baseDir", FOLDER.pathname, "-o", "out.wasm", ...features];
  const { error, stderr } = await main(args, {
    writeFile: (_, contents) => {
      bytes = contents;
    },
  });
  if (error) throw new Error(stderr.toString());
  return Buffer.from(bytes).toString("base64");
}

if (!read("compiled.ts").includes(hash)) {
  const text = `/** What assembly/ is compiled to by npm run build, which makes it anew when their hash is another than ${hash}. */\n`;
  const fused = await compiled("--enable", "relaxed-simd");
  const split = await compiled();
  const words = `export const FUSED =\n  "${fused}";\nexport const SPLIT =\n  "${split}";\n`;
  writeFileSync(COMPILED, text + words);
}
