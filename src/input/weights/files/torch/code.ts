/** Which names in a pickle are those of data, and which of code that Python would run. */

import { excerpt } from "../../../excerpt.ts";

/** Names of types, and of functions that only put a value together. */
const DATA: readonly RegExp[] = [
  /^collections\.(OrderedDict|defaultdict|Counter)$/,
  /^(builtins|__builtin__)\.(set|frozenset|list|dict|tuple|complex|bytearray|range|slice|int|float|str|bool|bytes|object)$/,
  /^torch\._utils\._rebuild_\w+$/,
  /^torch\._tensor\._rebuild_from_type_v2$/,
  /^torch\.\w*Storage$/,
  /^torch\.storage\.\w*Storage$/,
  /^torch\.(Size|Tensor|device|ScriptObject|Generator)$/,
  /^torch\.(b?float|u?int|q?u?int|complex)\d+\w*$/,
  /^torch\.(bool|per_\w+_affine|per_\w+_symmetric|strided|contiguous_format|preserve_format)$/,
  /^torch\.nn\.parameter\.(Parameter|Buffer)$/,
  /^torch\.(nn|ao\.nn|optim)\.[\w.]+\.[A-Z]\w*$/,
  /^torch\.jit\._pickle\.\w+$/,
  /^__torch__\./,
  /^numpy(\._?core)?\.multiarray\.(scalar|_reconstruct)$/,
  /^numpy\.(dtype|ndarray)$/,
  /^numpy(\._?core)?\.numeric\._frombuffer$/,
  /^_codecs\.encode$/,
  /^copyreg\._reconstructor$/,
  /^copy_reg\._reconstructor$/,
  /^argparse\.Namespace$/,
  /^pathlib\.\w*Path$/,
  /^datetime\.\w+$/,
  /^uuid\.UUID$/,
  /^decimal\.Decimal$/,
];

/** How many names are told. */
const TOLD = 3;

/** A sentence on names of code; none where there are none. */
export function codeNote(globals: ReadonlySet<string>): string[] {
  const code = [...globals].filter((path) => !DATA.some((pattern) => pattern.test(path)));
  if (code.length === 0) return [];
  const named = code.slice(0, TOLD).map((path) => excerpt(path, 40));
  const more = code.length > TOLD ? `, … (${code.length} in all)` : "";
  return [`the file names code beside its tensors, ${named.join(", ")}${more}: none of it is looked up or run`];
}
