import type { CommanderError } from "commander";
import { closest } from "fastest-levenshtein";
import { type DlstmError, failure } from "../errors.ts";

/** There is nothing to read and a person at the terminal: the help is the answer, but not a success. */
export class HelpWanted extends Error {
  readonly help: string;

  constructor(help: string) {
    super("help wanted");
    this.help = help;
  }
}

/** Commander's complaint as an error of ours: the flag or argument in question is the place. */
export function usageError({ message }: CommanderError): DlstmError {
  const text = message.replace(/^error: /, "");
  // commander quotes the culprit: unknown option '--wat', option '--of <list>' argument missing, argument 'abc' is invalid
  const place = /'(-[^' ,]*)|argument '([^']*)'/.exec(text);
  return failure("usage", text.replaceAll(/\s*\n\s*/g, " "), { place: place?.[1] ?? place?.[2] ?? null });
}

/** For a first word that is neither a command nor an existing file. */
export function unknownWord(word: string, commands: readonly string[]): DlstmError {
  if (/[./\\]/.test(word)) return failure("not-found", "no such file", { file: word });
  const nearest = closest(word, commands);
  return failure("usage", `neither a command nor a file, expected one; the nearest command is ${nearest}`, {
    place: word,
  });
}
