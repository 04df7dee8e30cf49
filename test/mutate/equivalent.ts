/** Mutants that no test can tell from the source: each line as it stands, as it is changed, and why nothing changes. */
export const EQUIVALENT: readonly { file: string; was: string; is: string; because: string }[] = [];
