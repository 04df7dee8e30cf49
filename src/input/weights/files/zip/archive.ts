import { failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import type { ByteSource } from "../../tensor.ts";
import { type Member, readZipDirectory } from "./directory.ts";
import { type MemberSource, openMember } from "./member.ts";

/** The members of a zip file, each to be read alone. */
export class ZipArchive {
  readonly members: readonly Member[];
  readonly #source: ByteSource;
  readonly #byName: ReadonlyMap<string, Member>;
  readonly #limits: ReadonlyMap<number, number>;

  /** @throws {DlstmError} what is wrong with the directory. */
  constructor(source: ByteSource, members: readonly Member[] = readZipDirectory(source)) {
    this.#source = source;
    this.members = members;
    this.#byName = new Map(members.map((member) => [member.name, member]));
    this.#limits = endsByOffset(members, source.size);
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /**
   * The member of exactly this name, which is no path on any disk.
   * @throws {DlstmError} missing; what is wrong with the member.
   */
  open(name: string): MemberSource {
    const member = this.#byName.get(name);
    if (member === undefined) throw failure("missing", "no such member of the zip file", { place: excerpt(name) });
    return openMember(this.#source, member, this.#limits.get(member.offset)!);
  }
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
