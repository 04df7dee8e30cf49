/** A named array of numbers in a file of weights, whatever the file's format. */
export interface Tensor {
  /** As the file has it, nested keys joined by dots: `decoder.rnn.weight_ih`. */
  readonly name: string;
  /** Empty for a single number. */
  readonly shape: readonly number[];
  /** How the file stores the numbers: `F32`, `BF16`, `I64`, …; `JSON` for decimal text. */
  readonly type: string;
  /** Tensors of a file whose identity is the same are the same numbers under several names. */
  readonly identity?: string;
  /**
   * The entries as doubles, row by row. Read only when asked for, so that a large file costs what is used of it.
   * @param taker may be given the first entries in pieces; what is returned are those that it was not given
   * @throws {DlstmError} not-a-number, where an entry is not finite; unsupported, where the type holds no real numbers.
   */
  values(taker?: Taker): Float64Array;
}

/** Takes entries piece by piece, so that the whole of them need not stand beside what is made of them. */
export interface Taker {
  /** Every piece is a multiple of so many entries. */
  readonly multiple: number;
  /** The piece is overwritten afterwards. */
  readonly take: (piece: Float64Array) => void;
}

/** Bytes that are read by position: a file on disk, or what came from standard input. */
export interface ByteSource {
  /** How messages name it. */
  readonly file: string;
  readonly size: number;
  /**
   * Exactly so many bytes from there on.
   * @param room at least as many bytes, which may be overwritten and returned instead of new memory
   */
  read(start: number, length: number, room?: Uint8Array): Uint8Array;
  /**
   * The file of a name in the folder of this one or in a folder below, for what {@link besideOf} lets through; absent where
   * there is no folder, as for standard input. The same name is the same source.
   * @throws {DlstmError} not-found, unsupported (a link, no regular file), too-large, io.
   */
  readonly beside?: (parts: readonly string[]) => ByteSource;
}
