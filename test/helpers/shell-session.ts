/** An interactive shell on a terminal, typed into line by line. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cleanEnv } from "./run.ts";

export const hasProgram = (name: string) => spawnSync(name, ["--version"]).status === 0;

/** Instead of running dlstm, the shell says what it would be run with. */
const SAYS = "dlstm() { printf 'said:<%s>\\n' \"$*\"; }";

/**
 * What has become of the command lines when they are entered; a tab in them is the tab key. `start` is what the shell
 * reads first. The program `script` of util-linux makes the terminal.
 */
export async function typed(
  shell: "bash" | "zsh",
  start: string,
  lines: readonly string[],
  folder: string,
): Promise<string[]> {
  const rc = join(folder, shell === "bash" ? ".bashrc" : ".zshrc");
  writeFileSync(rc, `${start}\n${SAYS}\nPS1=\n`);
  const command = shell === "bash" ? `bash --noprofile --rcfile '${rc}' -i` : "zsh -i";
  const env = cleanEnv({ HOME: folder, ZDOTDIR: folder, TERM: "dumb", LC_ALL: "C.UTF-8", SHELL: "/bin/sh" });
  const child = spawn("script", ["-qec", command, "/dev/null"], { cwd: folder, env });
  const closed = once(child, "close").then(() => null);
  let output = "";
  const said = () => [...output.matchAll(/^said:<(.*)>\r?$/gm)].map(([, words]) => words!.trimEnd());
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  for (const [k, line] of lines.entries()) {
    child.stdin.write(`dlstm ${line}\n`);
    // it is ready for the next line when it has answered this one
    while (said().length <= k) {
      if ((await Promise.race([once(child.stdout, "data"), closed])) === null) throw new Error(`ended: ${output}`);
    }
  }
  child.stdin.end("exit\n");
  await closed;
  return said();
}
