/** An answer in any of the forms in which people keep numbers: JSON, the long form of CSV, arrays of numpy's in a zip. */
import { failure } from "../errors.ts";
import { arraysAnswer } from "./answer-arrays.ts";
import { csvAnswer, isLongForm } from "./answer-csv.ts";
import { type AnswerLimits, parseAnswerJson } from "./answer-json.ts";
import { AnswerMeter, type MeterLimits } from "./answer-meter.ts";
import { decodeText } from "./text.ts";
import type { ByteSource } from "./weights/tensor.ts";

/** How much of an answer is read at all. */
export type ReadingLimits = AnswerLimits & MeterLimits;

/** So many bytes are read before they are counted. */
const PIECE = 2 ** 20;

/**
 * What stands in the file, as JSON would have it; the first bytes tell its form.
 * @throws {DlstmError} too-large, as soon as what has been read is more than the limits allow; what the form's reader throws.
 */
export function readAnswerFile(source: ByteSource, limits: ReadingLimits): unknown {
  const first = Buffer.from(source.read(0, Math.min(6, source.size))).toString("latin1");
  if (first.startsWith("PK")) return arraysAnswer(source, limits);
  if (first === "\x93NUMPY") {
    throw failure("unsupported", "one array of numpy's, which has no name; expected those of numpy.savez in an .npz");
  }
  const text = decodeText(readCounted(source, limits));
  return isLongForm(text) ? csvAnswer(text) : parseAnswerJson(text, null, limits);
}

function readCounted({ size, read }: ByteSource, limits: MeterLimits): Uint8Array {
  const meter = new AnswerMeter(limits);
  const pieces: Uint8Array[] = [];
  for (let start = 0; start < size; start += PIECE) {
    const piece = read(start, Math.min(PIECE, size - start));
    meter.add(piece);
    pieces.push(piece);
  }
  return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
}
