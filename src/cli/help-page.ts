/** The pages that stand beside the code, built into the program: a file that only `dlstm help TOPIC` loads. */
import streams from "../../test/engines/README.md?raw";
import digits from "../../test/promise/README.md?raw";
import { EXPLAINED } from "../explain/topic-names.ts";
import grading from "../grade/README.md?raw";
import weights from "../input/weights/README.md?raw";
import quantities from "../lstm/README.md?raw";
import { renderManual } from "../render/manual/text.ts";
import json from "../render/README.md?raw";
import type { Context } from "./context.ts";
import { DIGITS, emit } from "./emit.ts";
import { type HelpTopic, isHelpTopic, LIST, pageLines } from "./help-topics.ts";
import { lookOf } from "./terminal.ts";
import { writeResult } from "./write.ts";

const PAGES: Readonly<Record<HelpTopic, string>> = { weights, grading, quantities, streams, json, digits };

/** Prints a page, the list of them, or a derivation; false where there is none of that name. */
export async function showTopic(word: string, context: Context): Promise<boolean> {
  if (word === LIST) await writeResult([`${pageLines()}\n`], undefined, context);
  else if (isHelpTopic(word)) {
    await writeResult([renderManual(PAGES[word], await lookOf(undefined, context))], undefined, context);
  } else {
    const topic = EXPLAINED.find((one) => one === word);
    if (topic === undefined) return false;
    const { explain } = await import("../explain/explain.ts");
    const derivation = explain({ topics: [topic], norm: null, cell: null, unit: null, step: null });
    await emit("derivation", derivation, null, { format: "text", digits: DIGITS }, context);
  }
  return true;
}
