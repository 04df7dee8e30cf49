/** The program's first file: what it answers by itself needs nothing else of the program. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import manifest from "../../package.json" with { type: "json" };
import { codeFolder } from "./compile-cache.ts";
import type { Context } from "./context.ts";
import { kindOf, requireKept } from "./kept-code.ts";
import { HELP_WIDTH, isUnicode, widthOf } from "./screen.ts";
import { standardOutput } from "./standard-output.ts";

/** Earlier versions of Node keep no compiled code. */
const KEEPS_CODE = 22;

/** Answers by itself, or has the rest of the program run. */
export function start(): void {
  const output = standardOutput();
  // process itself where it can be: each of its streams is opened when it is first looked at
  const context: Context = output === null ? process : Object.create(process, { stdout: { value: output } });
  const runAll = () => {
    const { run } = requireProgram("./entry.cjs") as { run: (context: Context) => unknown };
    run(context);
  };
  const answer = answerTo(process.argv.slice(2), context);
  if (answer === null) runAll();
  else {
    context.stdout.on("error", () => undefined);
    context.stdout.write(answer, (error) => {
      // what went wrong the program tells in its own words; a closed pipe is nothing wrong
      if (error && (error as { code?: string }).code !== "EPIPE") runAll();
    });
  }
}

/** A file of the program beside this one. */
function requireProgram(id: string): unknown {
  const argv = process.argv.slice(2);
  const folder = Number.parseInt(process.versions.node, 10) < KEEPS_CODE ? null : codeFolder(argv);
  return folder === null ? require(id) : requireKept(folder, kindOf(argv), __dirname, require)(id);
}

/** The text that the arguments ask for, where it is known beforehand; else null. */
function answerTo([first = "", ...more]: readonly string[], context: Context): string | null {
  if (more.length > 0) return null;
  if (/^(-V|-v|--version)$/.test(first)) return `${manifest.version}\n`;
  if (!/^(-h|--help)$/.test(first)) return null;
  if (widthOf(context) < HELP_WIDTH || !isUnicode(context.stdout, context.env)) return null;
  return writtenHelp();
}

/** What the program's help is, as it was written when the package was built. */
function writtenHelp(): string | null {
  try {
    return readFileSync(join(__dirname, "help.txt"), "utf8");
  } catch {
    return null;
  }
}
