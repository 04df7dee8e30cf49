import type { LineLabel } from "../input/line-label.ts";

/** What an input is told by: it stands in front of its result, and of its error. */
export type Label = LineLabel | { readonly file: string };
