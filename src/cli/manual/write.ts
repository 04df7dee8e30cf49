/** What is written when the package is built: the manual page, or with `help` the program's help. */
import process from "node:process";
import manifest from "../../../package.json" with { type: "json" };
import { createProgram } from "../program.ts";
import { addProgramHelp } from "../program-help.ts";
import { HELP_WIDTH } from "../screen.ts";
import { manualPage } from "./page.ts";

const { stdin, stdout, stderr } = process;
const [what] = process.argv.slice(2);
// for readers of any width
const env: Record<string, string | undefined> = { ...process.env, COLUMNS: String(HELP_WIDTH) };
const run = {
  context: { stdin, stdout, stderr, env },
  argv: [],
  endWith: () => undefined,
  again: () => Promise.resolve(0),
};
const program = await createProgram(run, null);
if (what === "help") {
  addProgramHelp(program.command);
  program.command.outputHelp();
  stdout.write(program.toStdout.join(""));
} else {
  // a build that is to be repeated byte for byte names its time: https://reproducible-builds.org/specs/source-date-epoch/
  const time = env.SOURCE_DATE_EPOCH === undefined ? new Date() : new Date(1000 * Number(env.SOURCE_DATE_EPOCH));
  stdout.write(manualPage(program, manifest.version, time.toISOString().slice(0, 10)));
}
