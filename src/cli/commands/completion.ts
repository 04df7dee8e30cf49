import { Argument } from "commander";
import type { AddCommand } from "../context.ts";
import { addExamples } from "../examples.ts";
import { knowing, oneOf } from "../options.ts";
import { addOutputFile } from "../output-file.ts";
import { writeResult } from "../write.ts";

/** A script is loaded when it is asked for. */
const SCRIPTS = {
  bash: async () => (await import("../completion/bash.ts")).bashScript,
  zsh: async () => (await import("../completion/zsh.ts")).zshScript,
  fish: async () => (await import("../completion/fish.ts")).fishScript,
} as const;
const SHELLS = Object.keys(SCRIPTS) as (keyof typeof SCRIPTS)[];

const HELP = `
Where it belongs:
  bash  ~/.local/share/bash-completion/completions/dlstm
  zsh   _dlstm in a folder of fpath, before compinit
  fish  ~/.config/fish/completions/dlstm.fish
For one session of bash or zsh: source <(dlstm completion bash)`;

export const addCompletion: AddCommand = (command, { context }, program) => {
  addExamples(command, ["dlstm completion bash"])
    .description("a script that completes commands, flags, their values and files at the tab key")
    .addArgument(
      knowing(SHELLS, new Argument("<shell>", "whose script")).argParser((word) => oneOf(SHELLS)(word, "shell")),
    );
  addOutputFile(command, { formats: ["text"] })
    .addHelpText("after", HELP)
    .action(async (shell: keyof typeof SCRIPTS, { output }: { output?: string }) => {
      const [{ wordsOf }, script] = await Promise.all([import("../completion/words.ts"), SCRIPTS[shell]()]);
      await writeResult([script(program.name(), wordsOf(program), "show")], output, context);
    });
};
