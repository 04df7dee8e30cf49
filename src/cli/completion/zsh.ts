import { type CommandWords, type Flag, type Script, singleQuoted, type Value } from "./words.ts";

/** To be sourced, or to lie as a file _dlstm in a folder of fpath. */
export const zshScript: Script = (program, commands, fallback) => `#compdef ${program}
# zsh completion for ${program}; needs compinit
_${program}() {
  local -a commands=(
${commands.map(({ name, description }) => `    ${singleQuoted(`${name}:${description.replaceAll(":", "\\:")}`)}`).join("\n")}
  )
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _describe -t commands command commands
    _files
    return
  fi
  case $words[2] in
    ${commands.map(({ name }) => name).join("|")})
      local command=$words[2]
      shift words
      (( CURRENT-- ))
      _${program}_$command ;;
    *) _${program}_${fallback} ;;
  esac
}

_${program}_words_or_files() {
  _alternative "words:word:($*)" 'files:file:_files'
}

_${program}_numbers() {
  compset -P @ && _files
}

${commands.map((command) => commandFunction(program, command)).join("\n")}
if [[ $funcstack[1] == _${program} ]]; then _${program} "$@"; else compdef _${program} ${program}; fi
`;

function commandFunction(program: string, { name, flags, argument }: CommandWords): string {
  const specs = [
    ...flags.map((flag) => flagSpec(program, flag)),
    singleQuoted(`*:${argument.kind === "file" ? "file" : " "}:${action(program, argument)}`),
  ];
  return `_${program}_${name}() {\n  _arguments : \\\n    ${specs.join(" \\\n    ")}\n}\n`;
}

/** '(-o --output)'{-o,--output=}'[write there instead]:file:_files' */
function flagSpec(program: string, { names, description, value }: Flag): string {
  const text = `[${description.replace(/[[\]\\:]/g, "\\$&")}]${value === null ? "" : `: :${action(program, value)}`}`;
  const spelt = names.map((name) => name + (value !== null && name.startsWith("--") ? "=" : ""));
  if (spelt.length === 1) return singleQuoted(spelt[0] + text);
  return `${singleQuoted(`(${names.join(" ")})`)}{${spelt.join(",")}}${singleQuoted(text)}`;
}

function action(program: string, { kind, words }: Value): string {
  if (kind === "file") return "_files";
  if (kind === "numbers") return ` _${program}_numbers`;
  if (words.length === 0) return " ";
  if (kind === "words or file") return ` _${program}_words_or_files ${words.join(" ")}`;
  return kind === "list" ? `_values -s , list ${words.join(" ")}` : `(${words.join(" ")})`;
}
