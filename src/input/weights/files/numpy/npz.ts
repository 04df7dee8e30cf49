/** .npz: a zip file of .npy files, stored (numpy.savez) or deflated (numpy.savez_compressed). */

import { failure, withProblems } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import type { ByteSource, Tensor } from "../../tensor.ts";
import { type Member, readZipDirectory } from "../zip/directory.ts";
import { openMember } from "../zip/member.ts";
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
  const limits = endsByOffset(members, source.size);
  return arrays.map((member) => {
    const name = member.name.slice(0, -NPY.length);
    return within(name, () => {
      const tensor = readNpy(openMember(source, member, limits.get(member.offset)!), name);
      return { ...tensor, values: () => within(name, () => tensor.values()) };
    });
  });
}

/** Where each member ends at the latest: where the next begins. Two that share their bytes leave no room to the first. */
function endsByOffset(members: readonly Member[], size: number): ReadonlyMap<number, number> {
  const offsets = members.map(({ offset }) => offset).sort((a, b) => a - b);
  const limits = new Map<number, number>();
  offsets.forEach((offset, k) => {
    if (!limits.has(offset)) limits.set(offset, Math.min(offsets[k + 1] ?? size, size));
  });
  return limits;
}

/** Problems that name no place get the array's name for it. */
function within<T>(name: string, run: () => T): T {
  return withProblems(run, (problem) => ({ ...problem, place: problem.place ?? excerpt(name) }));
}
