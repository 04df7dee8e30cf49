/** A file as it is looked at to tell its kind, before any reader sees it. */

import { jsonIn } from "../../json-file.ts";
import type { ByteSource } from "../tensor.ts";
import { beginsWith } from "./first-bytes.ts";
import { type Member, readZipDirectory } from "./zip/directory.ts";

/** Enough to tell the kinds apart. */
const FIRST_BYTES = 64;

export class OpenedFile {
  readonly source: ByteSource;
  /** The value of a file that begins as JSON; undefined of any other. */
  readonly json: unknown;
  /** The first bytes, one character each. */
  readonly first: string;
  #members: readonly Member[] | undefined;

  /** @throws {DlstmError} what is wrong with a JSON text. */
  constructor(source: ByteSource, json: unknown = jsonIn(source)) {
    this.source = source;
    this.json = json;
    this.first = Buffer.from(source.read(0, Math.min(FIRST_BYTES, source.size))).toString("latin1");
  }

  get isZip(): boolean {
    return beginsWith(this.first, ["PK\x03\x04", "PK\x05\x06"]);
  }

  /**
   * The members of a zip file, none of any other; read when they are first asked for.
   * @throws {DlstmError} what is wrong with the directory.
   */
  get members(): readonly Member[] {
    this.#members ??= this.isZip ? readZipDirectory(this.source) : [];
    return this.#members;
  }

  /** Whether the last bytes are these, one character each. */
  endsWith(last: string): boolean {
    const { source } = this;
    if (source.size < last.length) return false;
    return Buffer.from(source.read(source.size - last.length, last.length)).toString("latin1") === last;
  }

  hasMember(name: RegExp): boolean {
    return this.members.some((member) => name.test(member.name));
  }
}
