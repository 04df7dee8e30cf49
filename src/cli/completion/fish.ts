import type { Flag, Script, Value } from "./words.ts";

/** Behind @ stands the file of the numbers. */
const NUMBERS = `function __dlstm_numbers
  set -l token (commandline -ct)
  string match -qr '^(--[^=]*=)?@' -- $token; or return
  for file in (__fish_complete_path (string replace -r '^(--[^=]*=)?@' '' -- $token))
    echo @$file
  end
end
`;

export const fishScript: Script = (program, commands, fallback) => {
  const others = commands.filter(({ name }) => name !== fallback).map(({ name }) => name);
  const lines = commands.flatMap((command) => {
    const { name, flags, argument } = command;
    const condition =
      name === fallback ? `not __fish_seen_subcommand_from ${others.join(" ")}` : `__fish_seen_subcommand_from ${name}`;
    const start = `complete -c ${program} -n ${quoted(condition)}`;
    return [
      `complete -c ${program} -n __fish_use_subcommand -a ${name} -d ${quoted(command.description)}`,
      ...flags.map((flag) => `${start} ${flagWords(flag)}`),
      ...(argument.kind === "file"
        ? []
        : [`${start}${argument.kind === "words or file" ? "" : " -f"}${wordsOf(argument)}`]),
    ];
  });
  return `# fish completion for ${program}\n${NUMBERS}complete -c ${program} -e\n${lines.join("\n")}\n`;
};

function flagWords({ names, description, value }: Flag): string {
  const spelt = names.map((name) => (name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const taken =
    value === null
      ? ""
      : value.kind === "file"
        ? " -r -F"
        : value.kind === "numbers"
          ? " -x -a '(__dlstm_numbers)'"
          : ` -x${wordsOf(value)}`;
  return `${spelt.join(" ")}${taken} -d ${quoted(description)}`;
}

function wordsOf({ kind, words }: Value): string {
  if (words.length === 0) return "";
  if (kind !== "list") return ` -a ${quoted(words.join(" "))}`;
  return ` -a ${quoted(`(__fish_complete_list , "string split ' ' '${words.join(" ")}'")`)}`;
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, "\\$&")}'`;
}
