/** Newline-delimited JSON: one text a line in, one record a line out, in order and in constant memory. */
import { DlstmError, failure } from "../errors.ts";
import { jsonLine } from "../render/json.ts";
import type { Context } from "./context.ts";
import { nameOf } from "./load-cell.ts";
import { readChunks } from "./read.ts";

const LINE_FEED = 0x0a;

/** What becomes of a line; lines count from 1. */
export interface LineHandler {
  /** From its bytes to a record; may throw a DlstmError. */
  readonly compute: (bytes: Uint8Array, line: number) => unknown;
  /** The record in place of a line that is wrong. */
  readonly refuse: (error: DlstmError, line: number) => unknown;
}

/** What a stream of lines becomes: a piece of output for each piece of input. A blank line is skipped. */
export async function* resultLines(
  path: string,
  maxBytes: number,
  context: Context,
  { compute, refuse }: LineHandler,
): AsyncGenerator<string> {
  let number = 0;
  const recordOf = (bytes: Uint8Array | null) => {
    try {
      if (bytes !== null) return compute(bytes, number);
      const message = `more than ${maxBytes} bytes in one line, expected at most as many`;
      throw failure("too-large", message, { file: nameOf(path) });
    } catch (error) {
      if (!(error instanceof DlstmError)) throw error;
      return refuse(error, number);
    }
  };
  for await (const lines of linesOf(path, maxBytes, context)) {
    let text = "";
    for (const bytes of lines) {
      number += 1;
      if (bytes === null || !isBlank(bytes)) text += jsonLine(recordOf(bytes));
    }
    yield text;
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
    const lines: (Uint8Array | null)[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      lines.push(finish(chunk.subarray(start, end)));
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    length += rest.length;
    if (length > maxBytes) kept = [];
    else if (rest.length > 0) kept.push(rest);
    yield lines;
  }
  if (length > 0) yield [finish(new Uint8Array())];
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
