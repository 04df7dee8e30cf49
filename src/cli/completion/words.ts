/** What can be typed behind `dlstm`, read off commander's own commands. */
import type { Argument, Command, Option } from "commander";
import { familiesOfPaths } from "../../grade/families.ts";
import { quantities } from "../../lstm/quantities.ts";

/** What may stand in a place: known words, several of them with commas between, a file, either, numbers or @ and their file, or something of one's own. */
export interface Value {
  readonly kind: "words" | "list" | "file" | "words or file" | "numbers" | "free";
  readonly words: readonly string[];
}

export interface Flag {
  /** `-o` and `--output` */
  readonly names: readonly string[];
  readonly description: string;
  /** null for a switch. */
  readonly value: Value | null;
}

export interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly flags: readonly Flag[];
  /** What each argument is; where there are several, they are of one kind. */
  readonly argument: Value;
}

/** A shell's script: the program's name, its commands, and the one that is meant where none is named. */
export type Script = (program: string, commands: readonly CommandWords[], fallback: string) => string;

export function wordsOf(program: Command): CommandWords[] {
  const help = program.createHelp();
  const ofProgram = help.visibleOptions(program).map(flagOf);
  return help.visibleCommands(program).map((command) => {
    const [argument] = command.registeredArguments;
    const own = help.visibleOptions(command).map(flagOf);
    const isOwn = ({ names }: Flag) => own.some((flag) => flag.names.some((name) => names.includes(name)));
    return {
      name: command.name(),
      description: command.description(),
      flags: [...own, ...ofProgram.filter((flag) => !isOwn(flag))],
      argument: argument === undefined ? { kind: "free", words: [] } : expectedIn(argument, argument.name()),
    };
  });
}

function flagOf(option: Option): Flag {
  const names = [option.short, option.long].filter((name) => name != null);
  const placeholder = /[<[](.*)[>\]]/.exec(option.flags)?.[1];
  const value = placeholder === undefined ? null : expectedIn(option, placeholder);
  return { names, description: option.description, value };
}

/** What a placeholder stands for: files are called `<file>`, or by what is in them; lists `<list>`, or of what they are. */
function expectedIn({ argChoices: choices }: Option | Argument, placeholder: string): Value {
  // behind the topics stands the cell
  if (choices && placeholder === "topics") return { kind: "words or file", words: choices };
  if (choices) return { kind: placeholder === "list" ? "list" : "words", words: choices };
  if (placeholder === "quantities")
    return { kind: "list", words: [...familiesOfPaths(), ...quantities().map(({ path }) => path)] };
  if (placeholder === "numbers") return { kind: "numbers", words: [] };
  return { kind: /^(file|cell|weights|key|answers)$/.test(placeholder) ? "file" : "free", words: [] };
}

/** Within single quotes, for bash and zsh. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
