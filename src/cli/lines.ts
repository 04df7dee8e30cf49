/** Lines of a stream, in order and in constant memory. */
import { failure } from "../errors.ts";
import type { Context } from "./context.ts";
import type { Block } from "./jobs/part.ts";
import { nameOf } from "./load-cell.ts";
import { readChunks } from "./read.ts";

const LINE_FEED = 0x0a;

/** One line that is not blank. */
export interface Line {
  /** From 1; blank lines count. */
  readonly number: number;
  /** @throws {DlstmError} too-large, for a line of which nothing was kept. */
  readonly bytes: () => Uint8Array;
}

/** The lines that each piece of input completes, to be gone through at once: its bytes may be overwritten then. */
export async function* linesIn(path: string, maxBytes: number, context: Context): AsyncGenerator<Iterable<Line>> {
  const tooLarge = () => {
    const message = `more than ${maxBytes} bytes in one line, expected at most as many`;
    return failure("too-large", message, { file: nameOf(path) });
  };
  if (context.part) {
    for await (const block of context.part.blocks) yield numbered(block.lines, block.before, tooLarge);
    return;
  }
  let before = 0;
  for await (const lines of linesOf(path, maxBytes, context)) {
    yield numbered(lines, before, tooLarge);
    before += lines.length;
  }
}

/** The same for others to go through. */
export async function* blocksIn(path: string, maxBytes: number, context: Context): AsyncGenerator<Block> {
  let before = 0;
  for await (const lines of linesOf(path, maxBytes, context)) {
    if (lines.length > 0) yield { before, lines };
    before += lines.length;
  }
}

function* numbered(lines: readonly (Uint8Array | null)[], before: number, tooLarge: () => Error): Generator<Line> {
  for (const [k, line] of lines.entries()) {
    if (line !== null && isBlank(line)) continue;
    const bytes = () => {
      if (line === null) throw tooLarge();
      return line;
    };
    yield { number: before + k + 1, bytes };
  }
}

/** The lines that each piece of input completes, without their line feeds; null for one that is longer than allowed, of which nothing is kept. */
async function* linesOf(path: string, maxBytes: number, context: Context): AsyncGenerator<(Uint8Array | null)[]> {
  let kept: Uint8Array[] = [];
  let length = 0;
  const finish = (end: Uint8Array) => {
    const line = length + end.length > maxBytes ? null : kept.length === 0 ? end : Buffer.concat([...kept, end]);
    kept = [];
    length = 0;
    return line;
  };
  for await (const chunk of readChunks(path, context)) {
    // what is kept is no line, but the beginning of one
    if (chunk === null) return;
    const lines: (Uint8Array | null)[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      lines.push(finish(chunk.subarray(start, end)));
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    length += rest.length;
    if (length > maxBytes) kept = [];
    else if (rest.length > 0) kept.push(Buffer.from(rest));
    yield lines;
  }
  if (length > 0) yield [finish(new Uint8Array())];
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
