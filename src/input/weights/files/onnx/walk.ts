/** The recurrent layers of a model, wherever they stand: in its graph, in branches, in bodies of loops, in functions. */

import { failure } from "../../../../errors.ts";
import { isOwn, type Node } from "./node.ts";
import type { Scope } from "./scope.ts";

/** A node where it runs. */
export interface Placed {
  readonly node: Node;
  readonly scope: Scope;
}

export interface Layers {
  readonly lstms: readonly Placed[];
  /** Those that are no LSTM of ONNX. */
  readonly others: readonly Node[];
}

/** A function counts as often as it is called. */
const MOST_NODES = 1_000_000;

const RECURRENT = /^(GRU|RNN|LSTM|DynamicQuantizeLSTM)$/;

/** @throws {DlstmError} too-large; what is wrong with a graph. */
export function layersOf(model: Scope): Layers {
  const lstms: Placed[] = [];
  const others: Node[] = [];
  let left = MOST_NODES;
  const visit = (scope: Scope) => {
    for (const node of scope.graph.nodes) {
      left -= 1;
      if (left < 0) throw failure("too-large", `more than ${MOST_NODES} nodes that run`);
      const bodies = scope.bodiesOf(node);
      for (const body of bodies) visit(body);
      if (bodies.length > 0 || !RECURRENT.test(node.type)) continue;
      if (node.type === "LSTM" && isOwn(node)) lstms.push({ node, scope });
      else others.push(node);
    }
  };
  visit(model);
  return { lstms, others };
}
