/** What only the help of the program as a whole has: a file that nothing else loads. */
import type { Command } from "commander";
import { addExamples, type Example } from "./examples.ts";
import { HELP_TOPICS } from "./help-topics.ts";

const EXAMPLES: readonly Example[] = [
  ["dlstm example > cell.json", "a cell to start from"],
  ["dlstm cell.json", "the answers at a glance"],
  ["dlstm jacobian cell.json --of h_t --terms", "∂h_t/∂h_{t-1}, four paths"],
  ["dlstm optimum cell.json --gate f --unit 0", "the h that opens f_t[0]"],
  ["dlstm backward cell.json --dh '[1,0]'", "every gradient"],
  ["dlstm sequence cell.json --x '[[1,0],[0,1]]'", "where gradients vanish"],
  ["dlstm explain optimum cell.json", "why, in your numbers"],
  ["dlstm report cell.json -o report.html", "one page with pictures"],
  ["dlstm check cell.json", "is it right?"],
  ["dlstm cell.json --json > answer.json", "every digit, for scripts"],
  ["dlstm grade cell.json answer.json", "is a student right?"],
  ["dlstm jacobian cell.json --format latex", "for a paper"],
  ["dlstm convert cell.json --to pytorch > torch.json", "as a framework has them"],
  ["dlstm convert torch.json --list", "what a file holds"],
];

export const EXIT_CODES = [
  ["0", "done"],
  ["1", "wrong or failed"],
  ["2", "bad usage or input"],
  ["3", "a bug in dlstm"],
] as const;

const AFTER = `
Topics of help: ${Object.keys(HELP_TOPICS).join(", ")}
Exit codes: ${EXIT_CODES.map((code) => code.join(" ")).join(", ")}`;

export function addProgramHelp(program: Command): void {
  addExamples(program, ...EXAMPLES).addHelpText("after", AFTER);
}
