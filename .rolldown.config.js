import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What is bundled is distributed, so its licences go along: one file with those of every package in the chunks. */
function licences(fileName) {
  return {
    name: "licences",
    generateBundle(_, bundle) {
      const roots = new Set();
      for (const chunk of Object.values(bundle)) {
        for (const id of chunk.moduleIds ?? []) {
          const root = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0];
          if (root && existsSync(join(root, "package.json"))) roots.add(root);
        }
      }
      const source = [...roots].sort().map(licenceOf).join("\n\n");
      this.emitFile({ type: "asset", fileName, source });
    },
  };
}

function licenceOf(root) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const file = readdirSync(root).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(root, file), "utf8") : `License: ${license}`;
  return `${name} ${version}\n\n${text}`;
}

/** commander loads child_process for commands in programs of their own, which there are none of; it costs a millisecond. */
const withoutChildProcess = {
  name: "without-child-process",
  resolveId: (id) => (id === "node:child_process" ? "\0none" : null),
  load: (id) => (id === "\0none" ? "module.exports = {};" : null),
};

/** The walk of a result, its symbols and colours, which formats for people need: one file to load instead of seven. */
const sections = {
  name: "sections",
  test: /node_modules\/chalk\/|src\/(explain\/(formula|letters)|render\/(common-scale|downsample|layout|number|readable|sparkline|tint|symbols|formula-text|[a-z-]*sections?))\.ts$/,
};

const ENTRY = "src/cli/entry.ts";

/** Every module that the entry imports, directly or not, other than on demand. */
let everyRun = null;
function isOfEveryRun(id, context) {
  if (everyRun === null) {
    everyRun = new Set();
    const waiting = [fileURLToPath(new URL(ENTRY, import.meta.url))];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (everyRun.has(next)) continue;
      everyRun.add(next);
      waiting.push(...(context.getModuleInfo(next)?.importedIds ?? []));
    }
  }
  return everyRun.has(id);
}

/** What every run needs, in one file, also what chunks share of it: each file more costs a third of a millisecond. */
const shared = { debugName: "shared", name: (id, context) => (isOfEveryRun(id, context) ? "shared" : null) };

export default [
  {
    // CommonJS and minified: it starts faster; what only tables or schemas need is a chunk of its own
    input: { entry: ENTRY },
    preserveEntrySignatures: false,
    platform: "node",
    output: {
      dir: "dist/cli",
      // chunks of an earlier build, which a renamed file leaves behind, would be packed too
      cleanDir: true,
      format: "cjs",
      minify: true,
      entryFileNames: "[name].cjs",
      chunkFileNames: "[name].cjs",
      codeSplitting: { includeDependenciesRecursively: false, groups: [shared, sections] },
    },
    plugins: [withoutChildProcess, licences("LICENSES.txt")],
  },
  {
    // loaded before all the rest, and without any of it
    input: { "compile-cache": "src/cli/compile-cache.ts" },
    platform: "node",
    output: { dir: "dist/cli", format: "cjs", minify: true, entryFileNames: "[name].cjs" },
  },
  {
    input: { index: "src/index.ts" },
    platform: "node",
    output: { dir: "dist/lib", format: "esm", cleanDir: true },
    plugins: [licences("LICENSES.txt")],
  },
];
