import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
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

/** chalk looks at the terminal by itself, and is told by us: what it would find needs a quarter of Node's modules. */
const withoutColorDetection = {
  name: "without-color-detection",
  resolveId: (id) => (id === "#supports-color" ? "\0no-color" : null),
  load: (id) => (id === "\0no-color" ? "export default { stdout: false, stderr: false };" : null),
};

/** `process` is there without a module, of which a copy of all its properties would be made. */
const globalProcess = {
  name: "global-process",
  resolveId: (id) => (id === "node:process" ? "\0process" : null),
  load: (id) => (id === "\0process" ? "export default process;" : null),
};

/** `import page from "./README.md?raw"` is the text of the file, as it is in the tests. */
const rawText = {
  name: "raw-text",
  resolveId: (id, importer) => (id.endsWith(RAW) ? resolve(dirname(importer), id) : null),
  load: (id) =>
    id.endsWith(RAW) ? `export default ${JSON.stringify(readFileSync(id.slice(0, -RAW.length), "utf8"))};` : null,
};

const RAW = "?raw";

/** Whether a module is imported by a file, directly or not, other than on demand. */
function importedBy(path) {
  let found = null;
  return (id, context) => {
    if (found === null) {
      found = new Set();
      const waiting = [fileURLToPath(new URL(path, import.meta.url))];
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        if (found.has(next)) continue;
        found.add(next);
        waiting.push(...(context.getModuleInfo(next)?.importedIds ?? []));
      }
    }
    return found.has(id);
  };
}

const ENTRY = "src/cli/entry.ts";

/**
 * What few runs ask for is a file of its own, required when the first of its functions is called: numbers of any precision,
 * the kernels of larger cells, and what is wrong with a text that is no JSON, no cell or no known word.
 */
const ON_DEMAND = {
  "real-rounding": { path: "src/linalg/real-rounding.ts", functions: ["nearestReal", "putReal"] },
  kernels: { path: "src/linalg/kernels/kernels.ts", functions: ["kernels"] },
  "envelope-issues": { path: "src/input/envelope-issues.ts", functions: ["envelopeIssues"] },
  nearest: { path: "src/words/nearest.ts", functions: ["nearest", "nearestIs"] },
  "json-fault": { path: "src/input/json-fault.ts", functions: ["locateFault"] },
};
const IMPORTERS =
  /(linalg\/(real-vector|compensated-sums|kernels\/choice)|input\/(json|envelope|native)|conventions\/roles|cli\/(option-values|usage-error))\.ts$/;
const onDemand = {
  name: "on-demand",
  resolveId: (id, importer) => {
    const name = /^\.\.?\/.*?([\w-]+)\.(cjs|ts)$/.exec(id)?.[1];
    if (!Object.hasOwn(ON_DEMAND, name ?? "")) return null;
    if (id.endsWith(".cjs")) return { id, external: true };
    return IMPORTERS.test(importer ?? "") ? `\0later:${name}` : null;
  },
  load: (id) => {
    const name = /^\0later:(.*)$/.exec(id)?.[1];
    const call = (own) => `export const ${own} = (...of) => require("./${name}.cjs").${own}(...of);`;
    return name === undefined ? null : ON_DEMAND[name].functions.map(call).join("\n");
  },
};
const isOfEveryRun = importedBy(ENTRY);
const isOfFlags = importedBy("src/cli/run-command.ts");
const isOfTable = importedBy("src/render/table.ts");
const ofOtherFormats = ["markdown", "latex", "explanation-text", "grade/table", "report/page"].map((name) =>
  importedBy(`src/render/${name}.ts`),
);

/** What every run needs, in one file, also what chunks share of it: each file more costs a third of a millisecond. */
const shared = { debugName: "shared", name: (id, context) => (isOfEveryRun(id, context) ? "shared" : null) };

/** The reader of flags, and what it needs: all but `dlstm FILE` load it. */
const flags = {
  debugName: "flags",
  name: (id, context) => (isOfFlags(id, context) && !isOfEveryRun(id, context) ? "flags" : null),
};

/** The commands that few runs ask for, with their records: one file, which help and the shell's completion need whole. */
const OF_COMMANDS = /src\/(cli\/commands\/[^/]+|lstm\/results\/(backward|sigmoid)\.ts)$/;
const commands = {
  debugName: "commands",
  name: (id, context) =>
    OF_COMMANDS.test(id) && !isOfFlags(id, context) && !isOfEveryRun(id, context) ? "commands" : null,
};

/** What tables share with other formats that people read: one file to load instead of seven. */
const sections = {
  debugName: "sections",
  name: (id, context) =>
    isOfTable(id, context) && ofOtherFormats.some((isOfFormat) => isOfFormat(id, context)) ? "sections" : null,
};

export default [
  {
    // CommonJS and minified: it starts faster; what only tables or schemas need is a chunk of its own
    input: {
      entry: ENTRY,
      ...Object.fromEntries(Object.entries(ON_DEMAND).map(([name, { path }]) => [name, path])),
    },
    preserveEntrySignatures: "allow-extension",
    platform: "node",
    output: {
      dir: "dist/cli",
      // chunks of an earlier build, which a renamed file leaves behind, would be packed too
      cleanDir: true,
      format: "cjs",
      minify: true,
      entryFileNames: "[name].cjs",
      chunkFileNames: "[name].cjs",
      codeSplitting: { includeDependenciesRecursively: false, groups: [shared, flags, commands, sections] },
    },
    plugins: [globalProcess, withoutChildProcess, withoutColorDetection, onDemand, rawText, licences("LICENSES.txt")],
  },
  {
    // loaded before all the rest, and without any of it
    input: { start: "src/cli/start.ts" },
    platform: "node",
    output: { dir: "dist/cli", format: "cjs", minify: true, entryFileNames: "[name].cjs" },
    plugins: [globalProcess],
  },
  {
    // prints the manual page and the help, and is not packed
    input: { write: "src/cli/manual/write.ts" },
    platform: "node",
    output: { dir: "dist/man", format: "esm", cleanDir: true, codeSplitting: false },
    plugins: [rawText],
  },
  {
    // what a program has of its own accord, zod among it, it has once: packages are imported, not inlined
    input: { index: "src/index.ts" },
    external: /^[^./]/,
    platform: "node",
    output: { dir: "dist/lib", format: "esm", cleanDir: true },
  },
];
