import { withProblems } from "../../../errors.ts";
import { parseJson } from "../../json.ts";
import { decodeText } from "../../text.ts";
import type { Contents } from "../weights.ts";
import { jsonContents } from "./json-tensors.ts";
import type { OpenedFile } from "./opened.ts";

/**
 * Text that does not begin as a JSON object or list may be meant as anything: what is read is told with its fault.
 * @param expected the sentence that tells it
 */
export function readOtherText({ source, first }: OpenedFile, expected: string): Contents {
  const text = decodeText(source.read(0, source.size));
  const isMeantAsJson = /^(\xef\xbb\xbf)?\s*([[{]|$)/.test(first);
  return withProblems(
    () => jsonContents(parseJson(text)),
    (problem) => (isMeantAsJson ? problem : { ...problem, message: `${problem.message}; ${expected}` }),
  );
}
