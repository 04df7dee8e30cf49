/** Newline-delimited JSON: one text a line in, one record a line out, in order and in constant memory. */
import { DlstmError, failure } from "../errors.ts";
import { jsonLine } from "../render/json.ts";
import type { Context } from "./context.ts";
import { nameOf } from "./load-cell.ts";
import { readChunks } from "./read.ts";

const LINE_FEED = 0x0a;

/** A line without its line feed, or the fact that it is longer than allowed. Lines count from 1. */
interface Line {
  readonly number: number;
  readonly bytes: Uint8Array | null;
}

/** What becomes of a line. */
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
  handler: LineHandler,
): AsyncGenerator<string> {
  for await (const lines of linesOf(path, maxBytes, context)) {
    let text = "";
    for (const line of lines) {
      if (line.bytes !== null && isBlank(line.bytes)) continue;
      text += resultLine(line, nameOf(path), maxBytes, handler);
    }
    yield text;
  }
}

function resultLine({ number, bytes }: Line, file: string, maxBytes: number, { compute, refuse }: LineHandler): string {
  try {
    if (bytes === null) {
      throw failure("too-large", `more than ${maxBytes} bytes in one line, expected at most as many`, { file });
    }
    return jsonLine(compute(bytes, number));
  } catch (error) {
    if (!(error instanceof DlstmError)) throw error;
    return jsonLine(refuse(error, number));
  }
}

/** The lines that each piece of input completes; of a line that is too long nothing is kept. */
async function* linesOf(path: string, maxBytes: number, context: Context): AsyncGenerator<Line[]> {
  let number = 0;
  let kept: Uint8Array[] = [];
  let length = 0;
  const finish = (end: Uint8Array): Line => {
    number += 1;
    const isWhole = length + end.length <= maxBytes;
    const bytes = !isWhole ? null : kept.length === 0 ? end : Buffer.concat([...kept, end]);
    kept = [];
    length = 0;
    return { number, bytes };
  };
  for await (const chunk of readChunks(path, context)) {
    const lines: Line[] = [];
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
