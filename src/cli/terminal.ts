import { toAscii } from "../render/ascii.ts";
import type { Look } from "../render/look.ts";
import { visibleLine } from "../visible.ts";
import type { Context } from "./context.ts";
import { isUnicode, widthOf } from "./screen.ts";

/** Whether output appears on the terminal, where progress does. */
export function isOnTerminal(output: string | undefined, { stdout }: Context): boolean {
  return (output ?? "-") === "-" && stdout.isTTY === true;
}

/** When there are colours: auto is on a terminal, and as the environment says. */
export const COLOR = ["auto", "always", "never"] as const;
export type Color = (typeof COLOR)[number];

/** What stdout shows; with `-o FILE` what any reader of the file does, without colours unless they are asked for. */
export async function lookOf(output: string | undefined, context: Context, color: Color = "auto"): Promise<Look> {
  const width = widthOf(context);
  const isFile = output !== undefined && output !== "-";
  const colorLevel = isFile && color === "auto" ? 0 : await colorLevelOf(context, color);
  return { width, colorLevel, unicode: isFile || isUnicode(context.stdout, context.env) };
}

const LEVELS: Record<number, 0 | 1 | 2 | 3> = { 1: 0, 4: 1, 8: 2, 24: 3 };

/** Chalk's level for stdout: of itself colour only on a terminal, unless FORCE_COLOR asks for it; none with NO_COLOR. */
async function colorLevelOf({ stdout, env }: Context, color: Color): Promise<0 | 1 | 2 | 3> {
  const { NO_COLOR, ...rest } = env;
  const forced = env.FORCE_COLOR;
  if (color === "never") return 0;
  if (color === "auto" && forced === undefined && (!stdout.isTTY || NO_COLOR)) return 0;
  if (color === "auto" && (forced === "0" || forced === "false")) return 0;
  // loaded late: off a terminal nobody needs it
  const { WriteStream } = await import("node:tty");
  const level = LEVELS[WriteStream.prototype.getColorDepth(rest)] ?? 1;
  // Node believes xterm alone, and tmux only by a variable that does not go along through ssh
  if (level === 1 && forced === undefined && /-256color$/.test(env.TERM ?? "")) return 2;
  return color === "always" && level === 0 ? 1 : level;
}

/** The text in the characters that the stream shows. */
export function shownOn(stream: { isTTY?: boolean }, env: Context["env"], text: string): string {
  return isUnicode(stream, env) ? text : toAscii(text);
}

/** Streams whose errors are heard already: one hearer each, however often something is said. */
const heard = new WeakSet<object>();

/** Writes to stderr; that nobody reads it is no error. */
export function say(text: string, { stderr, env }: Pick<Context, "stderr" | "env">): void {
  if (!heard.has(stderr)) stderr.on("error", () => undefined);
  heard.add(stderr);
  stderr.write(shownOn(stderr, env, text));
}

/** Says something that is no error, of a file where there is one, on stderr; -q silences it. */
export function note(
  text: string,
  { quiet }: { readonly quiet?: true },
  context: Context,
  file: string | null = null,
): void {
  const line = file === null ? text : `${file}: ${text}`;
  if (!quiet) say(`dlstm: ${visibleLine(line)}\n`, context);
}
