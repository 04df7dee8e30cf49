import type { Contents } from "../../weights.ts";
import type { OpenedFile } from "../opened.ts";
import { readOnnx } from "./model.ts";
import { operatorInputs } from "./weights.ts";

/** The LSTM nodes of an ONNX model, each with its weights below its name. */
export function readOnnxFile({ source }: OpenedFile): Contents {
  return operatorInputs(readOnnx(source));
}
