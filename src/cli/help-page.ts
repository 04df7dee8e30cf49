/** The pages that stand beside the code, built into the program: a file that only `dlstm help TOPIC` loads. */
import streams from "../../test/engines/README.md?raw";
import digits from "../../test/promise/README.md?raw";
import grading from "../grade/README.md?raw";
import weights from "../input/weights/README.md?raw";
import type { Look } from "../render/look.ts";
import { renderManual } from "../render/manual/text.ts";
import json from "../render/README.md?raw";
import type { HelpTopic } from "./help-topics.ts";

const PAGES: Readonly<Record<HelpTopic, string>> = { weights, grading, streams, json, digits };

export function helpPage(topic: HelpTopic, look: Look): string {
  return renderManual(PAGES[topic], look);
}
