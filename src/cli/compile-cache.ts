/** Compiled code that is kept from run to run: whoever can write it owns the next run. */
import { existsSync, mkdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import process from "node:process";

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Where compiled code is kept, a folder of the user's own; null for nowhere. `grade` marks people, so it takes no code but
 * that of its own files.
 */
export function codeFolder(argv: readonly string[], env: Env = process.env): string | null {
  if (argv.includes("grade")) return null;
  // Node is told to keep it itself, or not to
  if (env.NODE_COMPILE_CACHE || env.NODE_DISABLE_COMPILE_CACHE) return null;
  return ownFolder(env);
}

/** Where the user's caches are; null unless nobody but the user can write to it. */
function ownFolder({ XDG_CACHE_HOME, HOME }: Env): string | null {
  // the XDG base directory specification passes over what is not absolute
  const caches = [XDG_CACHE_HOME, HOME && join(HOME, ".cache")].find((path) => path && isAbsolute(path));
  try {
    const own = caches ? privateFolder(caches) : null;
    return own && privateFolder(join(own, "dlstm"));
  } catch {
    // a home that cannot be written to, or is not there
    return null;
  }
}

/** The folder without links on the way to it, made if it is not there; null where it or its parent is not private. */
function privateFolder(path: string): string | null {
  if (!existsSync(path)) {
    if (!isPrivate(realpathSync(dirname(path)))) return null;
    mkdirSync(path, { mode: 0o700 });
  }
  const folder = realpathSync(path);
  return isPrivate(folder) ? folder : null;
}

/**
 * The folder that NODE_COMPILE_CACHE names, from which Node has loaded code before any of ours ran, if another user could
 * have written that; null where it is safe or unset.
 */
export function foreignCompileCache({ NODE_COMPILE_CACHE, NODE_DISABLE_COMPILE_CACHE }: Env): string | null {
  if (!NODE_COMPILE_CACHE || NODE_DISABLE_COMPILE_CACHE || !keepsCode()) return null;
  try {
    return isPrivate(realpathSync(NODE_COMPILE_CACHE)) ? null : NODE_COMPILE_CACHE;
  } catch {
    // there is none to load from
    return null;
  }
}

/** Whether Node itself can; it is no part of what Node has loaded already. */
function keepsCode(): boolean {
  return "enableCompileCache" in (process.getBuiltinModule?.("node:module") ?? {});
}

/** Whether nobody but its owner, this user, can change what is at the path or on the way to it; never where no users are known. */
function isPrivate(folder: string): boolean {
  const user = process.geteuid?.();
  if (user === undefined || statSync(folder).uid !== user) return false;
  for (let path = folder; ; path = dirname(path)) {
    if (!isSafe(statSync(path), user, path === folder)) return false;
    if (path === dirname(path)) return true;
  }
}

const OTHERS_WRITE = 0o022;
/** In such a folder nobody renames what is another's. */
const STICKY = 0o1000;

function isSafe({ uid, mode }: Stats, user: number, isLast: boolean): boolean {
  const isOurs = uid === user || uid === 0;
  return isOurs && ((mode & OTHERS_WRITE) === 0 || (!isLast && (mode & STICKY) !== 0));
}
