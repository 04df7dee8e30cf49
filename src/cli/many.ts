/** One result for each of many inputs: how they come, and how their results are written. */
import { DlstmError } from "../errors.ts";
import { gathered } from "../render/json.ts";
import type { Result } from "../render/result.ts";
import type { Run } from "./context.ts";
import type { Told } from "./jobs/part.ts";
import type { Label } from "./label.ts";
import type { LoadedCell } from "./load-cell.ts";
import { EXIT } from "./report-error.ts";
import { note } from "./terminal.ts";
import { writeResult } from "./write.ts";

/** One of many. */
export interface Input {
  readonly label: Label;
  /** Of a stream, from 1; null for a file. */
  readonly line: number | null;
  /** Its cell, or what is wrong with it. */
  readonly loaded: LoadedCell | DlstmError;
}

/** Inputs as they arrive: what has come is gone through, and written, before more is waited for. */
export type Inputs = AsyncIterable<Iterable<Input>>;

/** How many results are written as one text. */
export interface Writer {
  readonly start: string;
  /** What stands between two results, where they are not lines. */
  readonly between?: string;
  readonly result: (input: Input, loaded: LoadedCell, result: Result) => Iterable<string>;
  /** What stands in the place of a result; a format that has no room for all of it says it elsewhere. */
  readonly error: (input: Input, error: DlstmError) => Iterable<string>;
  /** Says on stderr what there is no room for, where there is none. */
  readonly tell?: (told: Told) => void;
  /** Called after the last of them. */
  readonly end: () => void;
}

/** What becomes of each of many inputs. */
interface Treatment<R extends Result> {
  readonly compute: (loaded: LoadedCell) => R;
  /** What of a result is worth saying on stderr. */
  readonly notes: (result: R) => readonly string[];
  readonly writer: Writer;
}

interface ManyOptions {
  readonly output?: string;
  readonly quiet?: true;
  readonly keepGoing?: true;
}

/** Writes the result of each input, or what is wrong with it, in order; the run goes on, and ends with 2 unless told to keep going. */
export async function writeMany<R extends Result>(
  inputs: Inputs,
  { compute, notes, writer }: Treatment<R>,
  options: ManyOptions,
  { context, endWith }: Run,
): Promise<void> {
  const { start, between = "" } = context.part ? { start: "" } : writer;
  let written = 0;
  function* pieces(arrived: Iterable<Input>): Generator<string> {
    for (const input of arrived) {
      const { loaded } = input;
      const result = loaded instanceof DlstmError ? loaded : attempt(() => compute(loaded));
      if (loaded instanceof DlstmError) yield* refused(input, loaded);
      else if (result instanceof DlstmError) yield* refused(input, result);
      else {
        if (written > 0 && between !== "") yield between;
        written += 1;
        yield* writer.result(input, loaded, result);
        for (const text of notes(result)) note(text, options, context, loaded.file);
      }
    }
  }
  function refused(input: Input, error: DlstmError): Iterable<string> {
    if (!options.keepGoing) endWith(EXIT.usage);
    return writer.error(input, error);
  }
  async function* texts(): AsyncGenerator<string> {
    if (start !== "") yield start;
    for await (const arrived of inputs) yield* gathered(pieces(arrived));
    writer.end();
  }
  await writeResult(texts(), options.output, context, true);
}

/** What a computation gives, or the error that is the input's. */
export function attempt<T>(run: () => T): T | DlstmError {
  try {
    return run();
  } catch (error) {
    if (error instanceof DlstmError) return error;
    throw error;
  }
}
