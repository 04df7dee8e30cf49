import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { main } from "../../src/cli/main.ts";

/** The project's folder; spawned runs start there, so that `fixtures/homework6.json` is found. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const BIN = join(ROOT, "bin", "dlstm.cjs");

type Env = Readonly<Record<string, string>>;

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Env;
  readonly cwd?: string;
}

/** Nothing of the caller's environment but the PATH, and no colours. */
export function cleanEnv(more: Env = {}): Env {
  return { PATH: process.env.PATH ?? "", NO_COLOR: "1", ...more };
}

/** Runs the real binary to its end. Standard input is `input`, by default empty. */
export function run(args: readonly string[], { input = "", env = {}, cwd = ROOT }: RunOptions = {}): Outcome {
  return spawned(process.execPath, [BIN, ...args], { input, env, cwd });
}

/** Runs a script in bash; it calls the real binary as `dlstm`. A pipeline's status is that of its last failure. */
export function bash(script: string, { input = "", env = {}, cwd = ROOT }: RunOptions = {}): Outcome {
  const prologue = 'set -o pipefail; dlstm() { "$DLSTM_NODE" "$DLSTM_BIN" "$@"; }';
  const dlstm = { DLSTM_NODE: process.execPath, DLSTM_BIN: BIN };
  // --norc: on a socket as standard input bash believes itself remote and would read the user's start file
  return spawned("bash", ["--norc", "-c", `${prologue}\n${script}`], { input, env: { ...dlstm, ...env }, cwd });
}

function spawned(command: string, args: readonly string[], { input, env, cwd }: Required<RunOptions>): Outcome {
  requireBuild();
  const result: SpawnSyncReturns<string> = spawnSync(command, args, {
    cwd,
    input,
    env: cleanEnv(env),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (result.error) throw result.error;
  return { stdout: result.stdout, stderr: result.stderr, status: result.status };
}

/** @throws where bin/dlstm.cjs has nothing to run. */
export function requireBuild(): void {
  if (!existsSync(join(ROOT, "dist", "cli", "entry.cjs"))) {
    throw new Error("dist/cli/entry.cjs is missing: run `npm run build` before the tests that spawn dlstm");
  }
}

/** The parsed stdout of a run that must succeed in silence. */
export function resultOf(args: readonly string[], options?: RunOptions): unknown {
  const { stdout, stderr, status } = run(args, options);
  if (status !== 0 || stderr !== "") throw new Error(`dlstm ${args.join(" ")} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

/** An empty folder that is gone after the tests of the file that calls this. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "dlstm-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Terminal {
  readonly input?: string;
  readonly env?: Env;
  /** Characters a line of the terminal that stdout and stderr are; without it they are pipes. */
  readonly columns?: number;
  /** Whether stdin is that terminal too. */
  readonly interactive?: boolean;
}

/** main() within this process, on streams of our own. */
export async function runMain(
  args: readonly string[],
  { input = "", env = {}, columns, interactive = false }: Terminal = {},
): Promise<Outcome> {
  const isTTY = columns !== undefined;
  const sink = () => {
    const chunks: Buffer[] = [];
    const stream = new Writable({
      write(chunk, _, done) {
        chunks.push(Buffer.from(chunk));
        done();
      },
    });
    const text = () => Buffer.concat(chunks).toString("utf8");
    return { text, stream: Object.assign(stream, isTTY ? { isTTY, columns } : {}) };
  };
  const [out, err] = [sink(), sink()];
  const stdin = Object.assign(Readable.from([Buffer.from(input)]), { isTTY: interactive });
  const status = await main(args, { stdin, stdout: out.stream, stderr: err.stream, env });
  return { stdout: out.text(), stderr: err.text(), status };
}

/** The parsed stdout of main() within this process, which must succeed in silence. */
export async function mainResult(args: readonly string[], terminal?: Terminal): Promise<unknown> {
  const { stdout, stderr, status } = await runMain(args, terminal);
  if (status !== 0 || stderr !== "") throw new Error(`dlstm ${args.join(" ")} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}
