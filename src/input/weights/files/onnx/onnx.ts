import { failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import { type Contents, onlyTensors } from "../../weights.ts";
import type { OpenedFile } from "../opened.ts";
import { OnnxFile } from "./file.ts";
import { parseModel } from "./graph.ts";
import { isOwn, type Node } from "./node.ts";
import { Scope } from "./scope.ts";
import { layersOf } from "./walk.ts";
import { initialisers, operatorInputs } from "./weights.ts";

/**
 * The LSTM nodes of an ONNX model, each with its weights below its name; of a model without any, its initialisers by their
 * own names, as a cell that is exported in its single steps leaves them.
 * @throws {DlstmError} syntax, encoding, shape, missing, duplicate-key, too-large; unsupported, where there is another
 * recurrent layer alone; what opening other files of the model throws.
 */
export function readOnnxFile({ source }: OpenedFile): Contents {
  const file = new OnnxFile(source);
  const model = parseModel(file);
  const { lstms, others } = layersOf(Scope.of(model, file));
  const [other] = others;
  if (lstms.length === 0 && other !== undefined) throw refused(other);
  return lstms.length > 0 ? operatorInputs(lstms, file) : onlyTensors(initialisers(model.graph, file));
}

function refused(node: Node) {
  const place = excerpt(node.name) || null;
  const known: Record<string, string> = {
    GRU: "a GRU, expected an LSTM",
    RNN: "a simple RNN, expected an LSTM",
    DynamicQuantizeLSTM: "an LSTM of quantised weights; expected the model as it was before",
  };
  const message =
    isOwn(node) || node.type === "DynamicQuantizeLSTM"
      ? `the operator ${node.type}: ${known[node.type]}`
      : `an operator ${node.type} of the domain "${excerpt(node.domain)}", expected the LSTM of ONNX, whose equations are known`;
  return failure("unsupported", message, { place });
}
