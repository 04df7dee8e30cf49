/** Files of the program run with the code that an earlier run compiled. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { Script } from "node:vm";

type Require = (id: string) => unknown;

const HEAD = "(function (exports, require, module, __filename, __dirname) { ";

/** The runs that need about the same of the program: those of one command. What is no command is a file, which `show` takes. */
export function kindOf([first = "show"]: readonly string[]): string {
  return /^[a-z]+$/.test(first) && !existsSync(first) ? first : "show";
}

/**
 * A `require` for the program's own files. Node's compile cache keeps what is compiled before the first line of a file is run;
 * most functions are compiled when they are first called, and here what is kept is all that was compiled by the end of a run.
 * @param folder where it is kept, which nobody else can write to
 * @param kind of the run
 * @param program the folder of the program's files
 * @param ofNode for all else
 */
export function requireKept(folder: string, kind: string, program: string, ofNode: Require): Require {
  const modules = new Map<string, { exports: unknown }>();
  const fresh: (() => void)[] = [];
  process.once("exit", (code) => {
    // a run that went wrong needed little
    if (code < 2) for (const keepIt of fresh) keepIt();
  });
  const requireOwn: Require = (id) => {
    if (!id.startsWith("./")) return ofNode(id);
    const known = modules.get(id);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    modules.set(id, module);
    const path = join(program, id);
    const kept = join(folder, `${process.version}-${process.arch}-${kind}-${id.slice("./".length)}`);
    codeOf(path, kept, fresh).runInThisContext()(module.exports, requireOwn, module, path, program);
    return module.exports;
  };
  return requireOwn;
}

/**
 * The function around a file of the program, compiled as far as an earlier run did.
 * @param fresh what is to be done at the end of the run joins it, where none did
 */
function codeOf(path: string, kept: string, fresh: (() => void)[]): Script {
  const source = readFileSync(path);
  const cachedData = codeIn(contentOf(kept), source);
  const script = new Script(`${HEAD}${source}\n})`, {
    filename: path,
    columnOffset: -HEAD.length,
    ...(cachedData && { cachedData }),
  });
  if (cachedData === undefined || script.cachedDataRejected) {
    fresh.push(() => {
      const code = script.createCachedData();
      keep(kept, [source, code, code]);
    });
  }
  return script;
}

/**
 * The code in what is kept, where it is whole, and of this text. V8 knows a text by its length alone, so it stands in front of
 * its code; and it runs code as it is, so that of a damaged disk ends the process: it stands there twice, which is told
 * faster than any sum of it.
 */
function codeIn(file: Buffer | null, source: Buffer): Buffer | undefined {
  if (!file?.subarray(0, source.length).equals(source)) return undefined;
  const middle = (file.length + source.length) / 2;
  const code = file.subarray(source.length, middle);
  return code.equals(file.subarray(middle)) ? code : undefined;
}

function contentOf(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

/** Written whole or not at all; a folder that takes no file keeps none. */
function keep(path: string, parts: readonly Uint8Array[]): void {
  const temporary = `${path}-${process.pid}`;
  try {
    const descriptor = openSync(temporary, "wx", 0o600);
    try {
      for (const bytes of parts) writeSync(descriptor, bytes);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
  } catch {
    rmSync(temporary, { force: true });
  }
}
