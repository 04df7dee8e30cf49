/** The flags of many inputs. */
import { type Command, Option } from "commander";
import { valueOption, wholeNumber } from "./option-values.ts";

/** A result for each of many lines. */
export function addStreamOptions(command: Command): Command {
  const others = ["full", "digits", "heatmap"];
  const states = "a state a line for the one cell: x_t (or x), h_prev, c_prev, dh_t, dc_t; - is standard input";
  return command
    .optionsGroup("Many lines:")
    .addOption(
      new Option("--ndjson", "a cell a line in, a result a line out; a bad line is told in its place").conflicts(
        others,
      ),
    )
    .addOption(new Option("--states <file>", states).conflicts([...others, "ndjson"]))
    .option("--keep-going", "bad lines do not make the exit code 2")
    .addOption(jobsOption());
}

/** How many threads lines are shared among. */
export function jobsOption(): Option {
  return valueOption(
    "--jobs <n>",
    "share lines or files among n threads; for runs of many seconds",
    wholeNumber(1, MOST_JOBS),
  );
}

/** More help on no machine that this is for. */
const MOST_JOBS = 64;
