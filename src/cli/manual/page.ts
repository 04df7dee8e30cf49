/** The manual page of the program: what help says of every command, what several of them share said once. */
import type { Argument, Command, Help } from "commander";
import { type ManualBlock, type ManualTerm, renderRoff } from "../../render/manual/roff.ts";
import { exampleLines, examplesOf } from "../examples.ts";
import { HELP_TOPICS } from "../help-topics.ts";
import type { Program } from "../program.ts";
import { addProgramHelp, EXIT_CODES } from "../program-help.ts";
import { grouped, SharedOptions } from "./shared-options.ts";

const ENVIRONMENT: readonly ManualTerm[] = [
  { term: "COLUMNS", description: "characters a line where output is no terminal (default: 80)" },
  { term: "NO_COLOR", description: "no colours, unless --color always asks for them" },
  { term: "FORCE_COLOR", description: "colours in a pipe or a file too; 0 or false: none" },
  { term: "LC_ALL, LC_CTYPE, LANG", description: "a terminal whose locale is not UTF-8 gets plain characters" },
  {
    term: "NODE_COMPILE_CACHE",
    description: "where Node keeps compiled code, of which every start after the first is faster",
  },
];

/**
 * The page in roff.
 * @param program with every command
 * @param date `2026-11-28`
 */
export function manualPage({ command: program, toStdout }: Program, version: string, date: string): string {
  const helper = program.createHelp();
  addProgramHelp(program);
  const shared = new SharedOptions(program, helper);
  const commands = helper.visibleCommands(program);
  const groups = grouped(commands, (command) => command.helpGroup());
  const blocks: ManualBlock[] = [
    section("Name"),
    paragraph(`${program.name()} - ${lowerFirst(program.description()).replace(/\.$/, "")}`),
    section("Synopsis"),
    lines(`${program.name()} ${program.usage()}`.replace(/^ +/gm, "")),
    section("Description"),
    paragraph(program.description()),
    paragraph("A first word that is no command is the cell of show. dlstm help COMMAND prints a command's help."),
    section("Options"),
    terms(helper.visibleOptions(program).map((option) => shared.termOf(option))),
    ...groups.flatMap(([heading, own]) => [
      section(withoutColon(heading)),
      ...own.flatMap((command) => commandBlocks(command, helper, shared, notesOf(command, toStdout))),
    ]),
    section("Shared options"),
    ...shared.groups().flatMap(([heading, own]) => [subsection(withoutColon(heading)), terms(own)]),
    section("Topics of help"),
    paragraph("Pages that dlstm help TOPIC prints:"),
    terms(Object.entries(HELP_TOPICS).map(([term, description]) => ({ term, description }))),
    section("Environment"),
    terms(ENVIRONMENT),
    section("Exit status"),
    terms(EXIT_CODES.map(([term, description]) => ({ term, description }))),
    section("Examples"),
    // with what it is for beside it, the longest would not fit a page of 80 columns
    terms(examplesOf(program).map(([line, remark = ""]) => ({ term: `$ ${line}`, description: remark }))),
  ];
  return renderRoff({ name: program.name(), version, date }, blocks);
}

function commandBlocks(command: Command, helper: Help, shared: SharedOptions, notes: string): ManualBlock[] {
  const { own, others } = shared.split(command);
  const words = helper.visibleArguments(command).map((argument) => argumentTerm(argument, helper));
  const examples = examplesOf(command);
  return [
    subsection(helper.commandUsage(command)),
    paragraph(command.description()),
    ...(words.length + own.length > 0 ? [terms([...words, ...own])] : []),
    ...(others.length > 0 ? [paragraph(`Shared options: ${others.join(", ")}`)] : []),
    ...(notes === "" ? [] : [lines(notes)]),
    ...(examples.length === 0 ? [] : [lines(exampleLines(examples).replace(/^ +/gm, ""))]),
  ];
}

function argumentTerm(argument: Argument, helper: Help): ManualTerm {
  return { term: `<${helper.argumentTerm(argument)}>`, description: helper.argumentDescription(argument) };
}

/** What help has behind the options of a command. */
function notesOf(command: Command, toStdout: readonly string[]): string {
  const before = toStdout.length;
  command.outputHelp();
  return toStdout
    .slice(before + 1)
    .join("")
    .trim();
}

const section = (text: string): ManualBlock => ({ kind: "section", text });
const subsection = (text: string): ManualBlock => ({ kind: "subsection", text });
const paragraph = (text: string): ManualBlock => ({ kind: "paragraph", text });
const lines = (text: string): ManualBlock => ({ kind: "lines", text });
const terms = (list: readonly ManualTerm[]): ManualBlock => ({ kind: "terms", terms: list });

function withoutColon(heading: string): string {
  return heading.replace(/:$/, "");
}

function lowerFirst(text: string): string {
  return text[0].toLowerCase() + text.slice(1);
}
