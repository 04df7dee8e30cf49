/** Where an entry stands. */
export interface Place {
  readonly t?: number;
  readonly row: number;
  readonly column: number | null;
}

/** Where so many entries stand: in one column, or each in its own; of a vector, its components. */
export interface Places {
  readonly t?: number;
  readonly rows: readonly number[];
  readonly column: number | null | readonly number[];
}
