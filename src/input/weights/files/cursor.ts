import type { DlstmError } from "../../../errors.ts";
import type { Span, Window } from "./window.ts";

/** Goes forward through a part of a file, and never beyond it. */
export class Cursor {
  readonly window: Window;
  readonly #ended: () => DlstmError;
  readonly #end: number;
  #at: number;

  /**
   * @param span inside the file
   * @param ended the error of a part that ends before what should stand in it
   */
  constructor(window: Window, { start, length }: Span, ended: () => DlstmError) {
    this.window = window;
    this.#ended = ended;
    this.#at = start;
    this.#end = start + length;
  }

  /** Where the next byte stands in the file. */
  get at(): number {
    return this.#at;
  }

  /** How many bytes follow. */
  get left(): number {
    return this.#end - this.#at;
  }

  byte(): number {
    if (this.#at >= this.#end) throw this.#ended();
    this.#at += 1;
    return this.window.byteAt(this.#at - 1);
  }

  /** Where the next bytes stand, which are passed over. */
  pass(length: number): Span {
    if (length > this.left) throw this.#ended();
    const start = this.#at;
    this.#at += length;
    return { start, length };
  }

  /** The next bytes, to be left as they are. */
  bytes(length: number): Uint8Array {
    return this.window.read(this.pass(length).start, length);
  }
}
