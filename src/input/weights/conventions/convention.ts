import type { Gate } from "../../../lstm/names.ts";

/** The names that --from knows. */
export const CONVENTIONS = [
  "native",
  "pytorch",
  "keras",
  "tfjs",
  "onnx",
  "flax",
  "haiku",
  "tf-basic",
  "equinox",
  "matlab",
  "coursera",
  "cs231n",
  "mlx",
  "mxnet",
  "d2l",
  "graves",
] as const;
export type Convention = (typeof CONVENTIONS)[number];

/** What a tensor multiplies: W the input x, U the state h, xh and hx both, joined in that order; b is a bias. */
export type Part = "W" | "U" | "xh" | "hx" | "b";

export const PART_NAMES: Readonly<Record<Part, string>> = {
  W: "weights of x",
  U: "weights of h",
  xh: "weights of x, then h",
  hx: "weights of h, then x",
  b: "bias",
};

/** One tensor of a layout. */
export interface TensorRow {
  /** Its keys, joined by dots, with the placeholders of `row-names.ts`. */
  readonly name: string;
  /** Another name that some write. */
  readonly alias?: string;
  readonly part: Part;
  /** The gates whose blocks of H are joined in it, in this order; a gate that stands twice is added up. */
  readonly gates: readonly Gate[];
  /** The framework may leave it out. */
  readonly optional?: true;
}

/** How one form of a convention, or what the flags declare, stores a cell: all that differs between frameworks, as data. */
export interface Layout {
  readonly convention: Convention | "declared";
  /** Where such weights come from. */
  readonly title: string;
  /** rows: weights are [gates·H × inputs], and multiply from the left; columns: [inputs × gates·H]. */
  readonly orientation: "rows" | "columns";
  readonly tensors: readonly TensorRow[];
  /** What the framework adds to the pre-activation of the forget gate when it runs, and the key that may say otherwise. */
  readonly forgetBias?: { readonly value: number; readonly keys: readonly string[] };
  /** The gates' activation is a setting of the layer, which its arrays do not hold. */
  readonly recurrentActivation?: true;
  /** Every tensor has a first axis for the directions: forward, reverse. */
  readonly directions?: true;
  /** A key above the tensors that is the name of a bidirectional wrapper's backward half. */
  readonly backwardHalf?: RegExp;
  /** The keys above the tensors of a cell that is run as a layer of a stack, and its number among them. */
  readonly stack?: RegExp;
  /** Biases are columns [H × 1]. */
  readonly biasColumns?: true;
  /** The writer drops axes of length 1. */
  readonly squeezed?: true;
  /** Any gate may be absent. */
  readonly partial?: true;
  /** The names are those of other layers too: known without --from only below a key like this, which is written as such. */
  readonly mark?: { readonly key: RegExp; readonly written: string };
  /** Names that say nothing: known only with --from. */
  readonly bare?: true;
}
