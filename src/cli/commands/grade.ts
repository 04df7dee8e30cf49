import { Option } from "commander";
import type { AddCommand } from "../context.ts";
import { addExamples } from "../examples.ts";
import { formatsOf } from "../formats.ts";
import type { GradeFlags } from "../grade/flags.ts";
import { jobsOption } from "../many-options.ts";
import {
  addFileOptions,
  addNumberOptions,
  addUpstreamOptions,
  belowOne,
  choiceOption,
  colorOption,
  formatOption,
  valueOption,
  wholeNumber,
  wordsIn,
} from "../options.ts";
import { addOutputFile } from "../output-file.ts";

const COMPARES = ["row", "relabs", "sigfig", "decdig", "ulp", "digits"];
const PARTIALS = ["entries", "all"];

export const addGrade: AddCommand = (command, run) => {
  command
    .description("students' answers against the exact ones: what is right, and which mistake it was")
    .argument("<key>", "JSON file with the cell, or with a result that a command has printed")
    .argument("[answers...]", "JSON, CSV or .npz, a file a student or a folder of them; - or none: standard input")
    .optionsGroup("Keys:")
    .option("--key-per-student <file>", "CSV of student, cell: then no <key>, every argument is an answer")
    .optionsGroup("Tolerance:")
    .addOption(valueOption("--rtol <r>", "relative to the entry (default: 1e-4)", belowOne))
    .addOption(valueOption("--atol <a>", "relative to the largest entry of the row (default: 1e-8)", belowOne))
    .option("--atol-absolute", "--atol as it stands, not relative to the row")
    .addOption(
      choiceOption(
        "--compare <how>",
        "row: as above (default); digits: --rounded; ulp: of the key's last place; others: PrairieLearn's",
        COMPARES,
      ),
    )
    .option("--rounded", "short for --compare digits: right is what is right at the precision it shows")
    .addOption(valueOption("--min-digits <n>", "significant digits to show (default: 3)", wholeNumber(1, 17)))
    .addOption(valueOption("--digits <n>", "of --compare sigfig or decdig", wholeNumber(0, 17)))
    .addOption(valueOption("--ulps <n>", "of --compare ulp: how many units in the last place", wholeNumber(0, 2 ** 52)))
    .optionsGroup("Credit:")
    .option(
      "--require <quantities>",
      "quantities or families that have to be there: gates,h_t,jacobian.f.h_prev",
      wordsIn,
    )
    .option("--points <file>", 'JSON file of what they are worth, {"h_t":2,"gates":4}; they have to be there too')
    .addOption(
      choiceOption("--partial <how>", "credit by entry, or for a whole quantity only", PARTIALS).default("entries"),
    )
    .option("--follow-through", "accept what follows from the student's own earlier quantities")
    .optionsGroup("Feedback:")
    .addOption(
      choiceOption("--hints <how>", "what is told of a recognised mistake", ["none", "id", "full"]).default("full"),
    )
    .option("--hide-expected", "no right number anywhere in the output")
    .option("--batch", "a progress bar, and a summary of the class at the end of table and json")
    .option("--summary", "that summary alone, without anybody's name, as table, json or a page of html");
  addExamples(
    command,
    ["dlstm example > cell.json", "the key"],
    ["dlstm show cell.json --json > answer.json", "what a student hands in"],
    ["dlstm grade cell.json answer.json"],
  );
  addFileOptions(addUpstreamOptions(addNumberOptions(command, "either")))
    .optionsGroup("Output:")
    .addOption(formatOption("verdicts"))
    .option("--json", "short for --format json")
    .addOption(
      new Option("--ndjson", "an answer a line in, a line of JSON out for each").conflicts([
        "batch",
        "summary",
        "format",
      ]),
    )
    .addOption(jobsOption());
  const formats = formatsOf("verdicts");
  addOutputFile(command, { formats, formatsWith: ({ ndjson }) => (ndjson ? ["json"] : formats) })
    .addOption(colorOption())
    .option("-q, --quiet", "no progress on stderr")
    .action(async (first: string, others: readonly string[], flags: GradeFlags) => {
      const [key, answers] = flags.keyPerStudent === undefined ? [first, others] : [null, [first, ...others]];
      if (answers.length === 0 && run.context.stdin.isTTY) command.help({ error: true });
      // loaded only here: no other command grades
      const { runGrade } = await import("../grade/run.ts");
      await runGrade(key, answers.length === 0 ? ["-"] : answers, flags, run);
    });
};
