/** What PyTorch and numpy rebuild otherwise than from one strided array of numbers: told by its name, never read. */

import { failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import type { Tensor } from "../../tensor.ts";
import { typeFault } from "../number-type.ts";
import { Made } from "../pickle/values.ts";
import { isCount } from "../shape.ts";

export interface NotStrided {
  /** One of the types of which {@link typeFault} tells what to do. */
  readonly type: string;
  /** Empty where it is not known. */
  readonly shape: readonly number[];
}

/** What the functions of torch/_utils.py and numpy make, with the place of the shape. */
const MADE_BY: Readonly<Record<string, readonly [type: string, shape: (made: Made) => unknown]>> = {
  "torch._utils._rebuild_sparse_tensor": ["a sparse tensor", ({ args }) => at(at(args, 1), 2)],
  "torch._utils._rebuild_meta_tensor_no_storage": ["a meta tensor", ({ args }) => at(args, 1)],
  "torch._utils._rebuild_nested_tensor": ["a nested tensor", () => []],
  "torch._utils._rebuild_wrapper_subclass": ["a tensor of its own class", ({ args }) => at(args, 2)],
  "numpy.core.multiarray._reconstruct": ["a numpy array in a pickle", ({ state }) => at(state, 1)],
  "numpy._core.multiarray._reconstruct": ["a numpy array in a pickle", ({ state }) => at(state, 1)],
  "numpy.core.numeric._frombuffer": ["a numpy array in a pickle", ({ args }) => at(args, 2)],
  "numpy._core.numeric._frombuffer": ["a numpy array in a pickle", ({ args }) => at(args, 2)],
};

/** null for any other value. */
export function notStrided(made: Made): NotStrided | null {
  if (!Object.hasOwn(MADE_BY, made.path)) return null;
  const [type, shapeOf] = MADE_BY[made.path];
  return { type, shape: shapeIn(shapeOf(made)) };
}

/** Of the metadata that follow a tensor's other arguments: whether its numbers stand in the file as others. */
export function viewOf(metadata: unknown, shape: readonly number[]): NotStrided | null {
  if (!(metadata instanceof Map)) return null;
  if (metadata.get("neg") === true) return { type: "a negated view", shape };
  return metadata.get("conj") === true ? { type: "a conjugated view", shape } : null;
}

/** As a tensor whose numbers are refused when they are asked for. */
export function refusedTensor(name: string, { type, shape }: NotStrided): Tensor {
  const values = () => {
    throw failure("unsupported", typeFault(type) ?? type, { place: excerpt(name) });
  };
  return { name, type, shape, values };
}

function at(value: unknown, index: number): unknown {
  return Array.isArray(value) ? value[index] : undefined;
}

function shapeIn(value: unknown): readonly number[] {
  // torch.Size is made of a tuple
  const sizes = value instanceof Made ? at(value.args, 0) : value;
  return Array.isArray(sizes) && sizes.every(isCount) ? sizes : [];
}
