/** Whose answers stand behind the arguments: files as they are named, folders with an answer a student. */
import { type Dirent, opendirSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { type DlstmError, failure } from "../../errors.ts";
import { excerpt } from "../../input/excerpt.ts";
import { onceBy } from "../../once.ts";
import { systemFailure } from "../system-error.ts";

/** What one student has handed in. */
export interface HandIn {
  /** Where it is, and what it is called in reports. */
  readonly path: string;
  /** The file's name without its ending, or that of the student's folder. */
  readonly student: string;
  /** Why there is nothing to read, or no telling what. */
  readonly fault: DlstmError | null;
}

export interface HandIns {
  readonly all: readonly HandIn[];
  /** The folders among the arguments, with how many hidden files in them were passed over. */
  readonly folders: readonly { readonly path: string; readonly hidden: number }[];
}

/** An argument names at most so many students, a folder of one of them so many files. */
const MOST_STUDENTS = 100_000;
const MOST_FILES = 1000;

/** What an answer's name ends in; what else lies beside one (a report, notes) is none. */
const ENDINGS = [".json", ".csv", ".npz", ".npy", ".zip"];

/**
 * Goes through the arguments in order, and through a folder by name. Links in a folder are not followed: whoever hands one
 * in does not choose what is read.
 * @throws {DlstmError} io, too-large or missing, for a folder that cannot be read, or holds too many or no answers.
 */
export function handInsOf(paths: readonly string[]): HandIns {
  const folders: { path: string; hidden: number }[] = [];
  const all = paths.flatMap((path): HandIn[] => {
    if (!isFolder(path)) return [{ path, student: stemOf(path), fault: null }];
    const { shown, hidden } = entriesOf(path, MOST_STUDENTS);
    const byStudent = new Map<string, Dirent[]>();
    for (const entry of shown) {
      onceBy(byStudent, entry.isDirectory() ? entry.name : stemOf(entry.name), (): Dirent[] => []).push(entry);
    }
    if (byStudent.size === 0) {
      const none = hidden === 0 ? "empty" : `nothing in it but ${hiddenFiles(hidden)}`;
      throw failure("missing", `${none}, expected answers such as NAME.json or NAME/answer.json`, { file: path });
    }
    const found = [...byStudent].map(([student, entries]) => handInOf(path, student, entries));
    folders.push({ path, hidden: found.reduce((sum, one) => sum + one.hidden, hidden) });
    return found.map(({ handIn }) => handIn);
  });
  return { all, folders };
}

/** `1 hidden file`, `2 hidden files` */
export function hiddenFiles(count: number): string {
  return `${count} hidden ${count === 1 ? "file" : "files"}`;
}

function isFolder(path: string): boolean {
  try {
    return path !== "-" && statSync(path).isDirectory();
  } catch {
    // what is wrong with it is told when it is read
    return false;
  }
}

interface Entries {
  /** By name. */
  readonly shown: readonly Dirent[];
  readonly hidden: number;
}

/** @throws {DlstmError} io, or too-large as soon as there are more than `most`. */
function entriesOf(path: string, most: number): Entries {
  const shown: Dirent[] = [];
  let count = 0;
  try {
    const folder = opendirSync(path);
    try {
      for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
        count += 1;
        if (count > most) throw failure("too-large", `more than ${most} files in it`, { file: path });
        if (!isHidden(entry)) shown.push(entry);
      }
    } finally {
      folder.closeSync();
    }
  } catch (error) {
    throw systemFailure(error, path);
  }
  return { shown: shown.sort((a, b) => (a.name < b.name ? -1 : 1)), hidden: count - shown.length };
}

/** Also what macOS puts into every zip. */
function isHidden({ name }: Dirent): boolean {
  return name.startsWith(".") || name === "__MACOSX";
}

/** What a student has handed in, from all that bears this name. */
function handInOf(folder: string, student: string, entries: readonly Dirent[]): { handIn: HandIn; hidden: number } {
  const [own, ...others] = answersAmong(entries, (entry) => entry.isDirectory() || isAnswer(entry));
  const path = join(folder, own.name);
  if (others.length > 0) return { handIn: { path, student, fault: severalAnswers(path, [own, ...others]) }, hidden: 0 };
  if (!own.isDirectory()) return { handIn: { path, student, fault: faultOf(path, own) }, hidden: 0 };
  let entry: Dirent;
  let hidden = 0;
  try {
    const inside = entriesOf(path, MOST_FILES);
    hidden = inside.hidden;
    const files = inside.shown.filter((one) => !one.isDirectory());
    const found = answersAmong(files, isAnswer);
    if (found.length === 0) throw failure("missing", "no answer in it, expected one, answer.json", { file: path });
    if (found.length > 1) throw severalAnswers(path, found);
    [entry] = found;
  } catch (error) {
    return { handIn: { path, student, fault: systemFailure(error, path) as DlstmError }, hidden };
  }
  const inner = join(path, entry.name);
  return { handIn: { path: inner, student, fault: faultOf(inner, entry) }, hidden };
}

/** Those that look like answers; all, where none does: what was handed in is not passed over. */
function answersAmong(entries: readonly Dirent[], looksSo: (entry: Dirent) => boolean): readonly Dirent[] {
  const found = entries.filter(looksSo);
  return found.length > 0 ? found : entries;
}

function isAnswer({ name }: Dirent): boolean {
  return ENDINGS.includes(extname(name).toLowerCase());
}

/** As many names are told. */
const NAMED = 5;

function severalAnswers(file: string, entries: readonly Dirent[]): DlstmError {
  const names = entries.slice(0, NAMED).map(({ name }) => excerpt(name));
  const more = entries.length > NAMED ? ` and ${entries.length - NAMED} more` : "";
  return failure("ambiguous", `${entries.length} answers of one student, expected one: ${names.join(", ")}${more}`, {
    file,
  });
}

function faultOf(file: string, entry: Dirent): DlstmError | null {
  if (!entry.isSymbolicLink()) return null;
  return failure("io", "a link, which is not followed in a folder; expected the file itself", { file });
}

/** The name of a file without its folder and its ending. */
function stemOf(path: string): string {
  const name = path.replace(/\/+$/, "").replace(/^.*\//s, "");
  return name.slice(0, name.length - extname(name).length);
}
