import { Argument, type Command } from "commander";
import type { Run } from "../context.ts";
import { oneOf } from "../options.ts";
import { writeResult } from "../write.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

const HELP = `
Where it belongs:
  bash  ~/.local/share/bash-completion/completions/dlstm
  zsh   _dlstm in a folder of fpath, before compinit
  fish  ~/.config/fish/completions/dlstm.fish
For one session of bash or zsh: source <(dlstm completion bash)

Example:
  $ dlstm completion bash`;

export function addCompletion(program: Command, { context }: Run): void {
  program
    .command("completion")
    .description("a script that completes commands, flags, their values and files at the tab key")
    .addArgument(new Argument("<shell>", "whose script").choices(SHELLS).argParser(oneOf("shell", SHELLS)))
    .option("-o, --output <file>", "write there instead, whole or not at all")
    .addHelpText("after", HELP)
    .action(async (shell: Shell, { output }: { output?: string }) => {
      const [{ wordsOf }, script] = await Promise.all([import("../completion/words.ts"), scriptOf(shell)]);
      await writeResult([script(program.name(), wordsOf(program), "show")], output, context);
    });
}

async function scriptOf(shell: Shell) {
  switch (shell) {
    case "bash":
      return (await import("../completion/bash.ts")).bashScript;
    case "zsh":
      return (await import("../completion/zsh.ts")).zshScript;
    case "fish":
      return (await import("../completion/fish.ts")).fishScript;
  }
}
