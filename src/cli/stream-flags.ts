/** Flags and files that contradict each other where there are many inputs. */
import type { Command } from "commander";
import { misuse } from "../errors.ts";
import { refuseStateFlags, requireOwnStdin } from "./number-flags.ts";
import { type CellOptions, type OutputOptions, requireJson, type StreamOptions } from "./options.ts";

/**
 * @param sources where the cells come from
 * @throws {DlstmError} usage
 */
export function requireStreamFlags(
  command: Command,
  sources: readonly string[],
  options: CellOptions & OutputOptions & StreamOptions,
): void {
  const { ndjson, states, keepGoing, jobs } = options;
  requireOneInput(sources);
  const stream = ndjson ? "--ndjson" : states === undefined ? null : "--states";
  if (stream === null) {
    if (keepGoing) throw misuse("--keep-going", "only with --ndjson or --states, whose lines may be bad");
    if (jobs !== undefined && sources.length < 2)
      throw misuse("--jobs", "of one cell, expected several files, --ndjson or --states");
    return;
  }
  requireJson(command, options, `${stream} prints a result for each line`, ["csv"]);
  if (ndjson && sources.length === 0) {
    throw misuse(stream, "flags alone make one cell, expected a file of cells, or - for standard input");
  }
  if (sources.length > 1) throw misuse(stream, `${sources.length} files, expected one`);
  if (states === undefined) return;
  refuseStateFlags(options, "not with --states, whose lines give the state; --state FILE gives what they leave out");
  if (states === "-" && sources.includes("-")) throw misuse("--states", "standard input, which is the cell already");
  if (states === "-") requireOwnStdin(options, "the states");
}

/** @throws {DlstmError} usage, where standard input is to be read twice. */
export function requireOneInput(paths: readonly (string | undefined)[]): void {
  if (paths.filter((path) => path === "-").length < 2) return;
  throw misuse("-", "standard input, asked for twice; expected files for all but one");
}
