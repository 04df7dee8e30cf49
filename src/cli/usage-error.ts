import { existsSync } from "node:fs";
import type { CommanderError } from "commander";
import { type DlstmError, failure, misuse } from "../errors.ts";
import { EXPLAINED } from "../explain/topic-names.ts";
import { nearest } from "../words/nearest.ts";

/** Commander's complaint as an error of ours: the flag or argument in question is the place. */
export function usageError(error: CommanderError): DlstmError {
  const text = error.message
    .replace(/^error: /, "")
    .replaceAll(/\s*\n\s*/g, " ")
    .replace(
      / \(Did you mean (one of )?(.*)\?\)/,
      (_, several, words) => `; the nearest ${several ? "are" : "is"} ${words}`,
    );
  // commander quotes the culprit: unknown option '--wat', option '--of <list>' argument missing, argument 'abc' is invalid
  const place = /'(-[^' ,]*)|argument '([^']*)'/.exec(text);
  return misuse(place?.[1] ?? place?.[2] ?? null, `${text}; --help says what is expected`);
}

/**
 * For a word that must be a known one, or an existing file.
 * @throws {DlstmError} not-found for what looks like a path; else usage, with a near one.
 */
export function requireKnownOrFile(kind: "command" | "topic", word: string, known: readonly string[]): void {
  if (known.includes(word) || existsSync(word)) return;
  if (/[./\\]/.test(word)) throw failure("not-found", "no such file", { file: word });
  if (kind === "command" && (EXPLAINED as readonly string[]).includes(word)) {
    throw misuse(word, `neither a command nor a file, expected one; dlstm explain ${word} derives it`);
  }
  const meant = nearest(word, known);
  const advice = meant === null ? `--help lists the ${kind}s` : `the nearest ${kind} is ${meant}`;
  throw misuse(word, `neither a ${kind} nor a file, expected one; ${advice}`);
}
