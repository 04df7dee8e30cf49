/** How a run is shared among jobs, itself and threads of the same program: it reads, hands out blocks of lines, and writes in order. */
import type { Problem } from "../../errors.ts";
import type { Label } from "../label.ts";

/** Some lines that follow each other; of files, of which each job knows the list, one and no lines. */
export interface Block {
  /** How many stand before them. */
  readonly before: number;
  /** Without line feeds; null for one that is longer than allowed. Their bytes may be overwritten once the block is done. */
  readonly lines: readonly (Uint8Array | null)[];
}

/** A bad line that is told on stderr, of which only the first are. */
export interface Told {
  readonly label: Label;
  readonly line: number | null;
  readonly problems: readonly Problem[];
  readonly count: number;
}

/** What a job does: a run whose lines are handed to it, and whose output is collected. */
export interface Part {
  readonly blocks: AsyncIterable<Block>;
  readonly tell: (told: Told) => void;
  /** What came of a file, where the run makes something of them all. */
  readonly answer: (result: unknown) => void;
}

/** What came of a block: what is to be written, and said on stderr. */
export interface Done {
  readonly text: string;
  readonly said: string;
  readonly told: readonly Told[];
  readonly answers: readonly unknown[];
}

/** What a job says at its end: its exit code, or what went wrong with it as a whole. */
export type Ended =
  | { readonly code: number }
  | { readonly problems: readonly Problem[]; readonly count: number }
  | { readonly message: string; readonly stack: string };

/** What a job says: that it waits for blocks, what came of each, how it ended. */
export type Said = "ready" | Done | Ended;

/** What a thread is started with. */
export interface Start {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}
