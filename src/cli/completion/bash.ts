import { type CommandWords, type Flag, type Script, singleQuoted, type Value } from "./words.ts";

/** Files are completed by bash itself, which knows ~ and quotes: wherever the function finds nothing. */
export const bashScript: Script = (program, commands, fallback) => `# bash completion for ${program}; needs no package
_${program}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command=${fallback}
  # bash takes --format=csv apart
  if [[ $cur == = ]]; then cur=
  elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  COMPREPLY=()
  if [[ $2 == @* ]] && (( COMP_CWORD > 1 )) && _${program}_numbers "$2"; then return; fi
  case \${COMP_WORDS[1]} in
    ${commands.map(({ name }) => name).join("|")}) (( COMP_CWORD > 1 )) && command=\${COMP_WORDS[1]} ;;
  esac
  if (( COMP_CWORD == 1 )) && [[ $cur != -* ]]; then
    _${program}_words_or_files ${singleQuoted(commands.map(({ name }) => name).join(" "))}
    return
  fi
  case $command in
${commands.map((command) => commandCase(program, command)).join("\n")}
  esac
}

# the file of numbers behind @, which bash may take apart from it
_${program}_numbers() {
  local flag=\${COMP_WORDS[COMP_CWORD-1]} file
  [[ $flag == --* ]] || flag=\${COMP_WORDS[COMP_CWORD-2]}
  case $flag in
    ${numberFlags(commands).join("|")}) ;;
    *) return 1 ;;
  esac
  while IFS= read -r file; do
    [[ -d $file ]] && file+=/
    printf -v file %q "$file"
    COMPREPLY+=("@$file")
  done < <(compgen -f -- "\${1#@}")
  [[ \${COMPREPLY[0]} == */ ]] && compopt -o nospace 2>/dev/null
  return 0
}

_${program}_words() {
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
  (( \${#COMPREPLY[@]} )) || compopt +o default +o bashdefault 2>/dev/null
}

_${program}_words_or_files() {
  _${program}_words "$1"
  local file
  while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen -f -- "$cur")
  compopt -o filenames 2>/dev/null
}

# words with commas between
_${program}_list() {
  local before=
  [[ $cur == *,* ]] && before=\${cur%,*},
  COMPREPLY=($(compgen -P "$before" -W "$1" -- "\${cur##*,}"))
  compopt -o nospace +o default +o bashdefault 2>/dev/null
}

complete -o bashdefault -o default -F _${program} ${program}
`;

function numberFlags(commands: readonly CommandWords[]): string[] {
  const flags = commands.flatMap((command) => command.flags).filter(({ value }) => value?.kind === "numbers");
  return [...new Set(flags.flatMap(({ names }) => names))];
}

function commandCase(program: string, { name, flags, argument }: CommandWords): string {
  const names = flags.flatMap((flag) => flag.names).join(" ");
  return `    ${name})
      case $prev in
${flags.flatMap(({ names, value }) => flagCase(program, names, value)).join("\n")}
      esac
      if [[ $cur == -* ]]; then _${program}_words ${singleQuoted(names)}; else ${complete(program, argument)}; fi ;;`;
}

function flagCase(program: string, names: Flag["names"], value: Value | null): string[] {
  return value === null ? [] : [`        ${names.join("|")}) ${complete(program, value)}; return ;;`];
}

function complete(program: string, { kind, words }: Value): string {
  if (kind === "file") return ":";
  const offer = kind === "list" ? "list" : kind === "words or file" ? "words_or_files" : "words";
  return `_${program}_${offer} ${singleQuoted(words.join(" "))}`;
}
