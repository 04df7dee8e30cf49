/** .npz: a zip file of .npy files, stored (numpy.savez) or deflated (numpy.savez_compressed). */

import { atPlace, failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import type { ByteSource, Tensor } from "../../tensor.ts";
import { ZipArchive } from "../zip/archive.ts";
import { type Member, readZipDirectory } from "../zip/directory.ts";
import { readNpy } from "./npy.ts";

const NPY = ".npy";

/**
 * The arrays, named as numpy.load names them: the member's name without `.npy`. Other members are left alone.
 * The directory and the arrays' headers are read; entries where they are asked for, their checksum with them.
 *
 * @throws {DlstmError} syntax, unsupported, too-large, duplicate-key, encoding; at the member's name.
 */
export function readNpz(source: ByteSource, members: readonly Member[] = readZipDirectory(source)): Tensor[] {
  const arrays = members.filter(({ name }) => name.endsWith(NPY));
  if (arrays.length === 0) {
    throw failure("syntax", "a zip file without any .npy member, expected an .npz of numpy");
  }
  const archive = new ZipArchive(source, members);
  return arrays.map((member) => {
    const name = member.name.slice(0, -NPY.length);
    return atPlace(excerpt(name), () => {
      const tensor = readNpy(archive.open(member.name), name);
      return { ...tensor, values: () => atPlace(excerpt(name), () => tensor.values()) };
    });
  });
}
