export interface StoredChunk {
  /** Its number on each axis. */
  readonly at: readonly number[];
  readonly address: number;
  /** The bytes that it takes in the file. */
  readonly bytes: number;
  /** A bit for each filter that was left out. */
  readonly mask: number;
}

export interface Grid {
  /** The shape of a chunk, and how many there are on each axis. */
  readonly chunk: readonly number[];
  readonly counts: readonly number[];
  /** The bytes of a chunk's entries. */
  readonly size: number;
  readonly isFiltered: boolean;
}
