import type { Readable } from "node:stream";
import type { Command } from "commander";
import type { Part } from "./jobs/part.ts";

type Terminal = { isTTY?: boolean; columns?: number };

/** What a run asks of a stream that it writes to. */
export interface Output extends Terminal {
  write(chunk: string | Uint8Array, done?: (error?: Error | null) => void): unknown;
  on(event: "error", hearer: (error: Error) => void): unknown;
}

/** Everything of the process that a run may touch, so that a test can hand in its own. */
export interface Context {
  readonly stdin: Readable & Terminal;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the run is one of several jobs: the lines that it is to go through. */
  readonly part?: Part;
}

/** One run of the program: what it may touch, and how it ends. */
export interface Run {
  readonly context: Context;
  readonly argv: readonly string[];
  /** The exit code of a run that did what was asked and found something wrong. */
  readonly endWith: (code: 1 | 2) => void;
  /** The same run in another context. */
  readonly again: (context: Context) => Promise<number>;
}

/** Tells commander of one command of the program: what it is for, what it takes and what it does. */
export type AddCommand = (command: Command, run: Run, program: Command) => void | Promise<void>;
