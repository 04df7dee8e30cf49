import type { Tensor } from "../../tensor.ts";
import type { Contents } from "../../weights.ts";
import { lazyTensor, readFloatsInto } from "../floats.ts";
import type { OpenedFile } from "../opened.ts";
import type { Span } from "../window.ts";
import { type Entry, readManifest } from "./manifest.ts";
import { Stream } from "./stream.ts";
import { topologySettings } from "./topology.ts";

/**
 * The weights of a TensorFlow.js model beside its model.json, those of its optimiser left out, and what the topology says of
 * the layers. The files with the numbers are opened, and read where a number is asked for.
 * @throws {DlstmError} syntax, shape, duplicate-key, too-large, unsupported; what opening a file beside it throws.
 */
export function readTfjs({ source, json }: OpenedFile): Contents {
  const { weightsManifest, modelTopology } = json as Readonly<Record<string, unknown>>;
  const tensors = readManifest(weightsManifest).flatMap((group): Tensor[] => {
    const stream = new Stream(source, group);
    return [...stream.spans].flatMap(([entry, span]) => (entry.isOptimiser ? [] : [tensorOf(entry, span, stream)]));
  });
  return { tensors, settings: topologySettings(modelTopology, tensors), notes: [] };
}

function tensorOf(entry: Entry, span: Span, stream: Stream): Tensor {
  return lazyTensor(entry, (type) => {
    const values = new Float64Array(entry.count);
    readFloatsInto(values, 0, stream, span, type);
    return values;
  });
}
