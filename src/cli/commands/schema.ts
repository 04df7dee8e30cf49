import { Argument, Option } from "commander";
import { misuse } from "../../errors.ts";
import { CONVENTIONS } from "../../input/weights/conventions/convention.ts";
import { jsonChunks } from "../../render/json.ts";
import { nearestIs } from "../../words/nearest.ts";
import type { AddCommand } from "../context.ts";
import { addExamples } from "../examples.ts";
import { refuseFlags } from "../number-flags.ts";
import { knowing, valueOption, wholeNumber } from "../options.ts";
import { addOutputFile } from "../output-file.ts";
import { writeResult } from "../write.ts";

const NAMES = ["cell", "state", "answer", "result", ...CONVENTIONS];

interface SchemaOptions {
  readonly example?: true;
  readonly hidden?: number;
  readonly input?: number;
  readonly seed?: number;
  readonly output?: string;
}

export const addSchema: AddCommand = (command, { context }) => {
  addExamples(command, ["dlstm schema cell --example --hidden 2 --input 3 --seed 7"])
    .description("JSON Schema of what dlstm reads and prints, or a cell to start from")
    .addArgument(knowing(NAMES, new Argument("[name]", "of what").default("cell")))
    .option("--example", "a random cell instead of its schema")
    .addOption(valueOption("--hidden <H>", "hidden size of the example (default: 2)", wholeNumber(1, 1e5)))
    .addOption(valueOption("--input <I>", "input size of the example (default: 3)", wholeNumber(1, 1e5)))
    .addOption(valueOption("--seed <n>", "seed of the example (default: 1)", wholeNumber(0, 2 ** 31 - 1)))
    .addOption(new Option("--json", "the output is JSON anyway").hideHelp());
  addOutputFile(command, { formats: ["json"] }).action(async (name: string, options: SchemaOptions) => {
    await writeResult(jsonChunks(await documentOf(name, options)), options.output, context);
  });
};

async function documentOf(name: string, { example, hidden, input, seed }: SchemaOptions): Promise<object> {
  const { schemas: inputs } = await import("../../input/json-schema.ts");
  const { answerSchema, resultSchema } = await import("../../render/schema/documents.ts");
  const { cell, state, ...conventions } = inputs;
  const schemas = { cell, state, answer: answerSchema, result: resultSchema, ...conventions };
  if (!Object.hasOwn(schemas, name)) {
    throw misuse(name, `no such schema, expected one of ${NAMES.join(", ")}${nearestIs(name, NAMES)}`);
  }
  if (example) {
    if (name !== "cell") throw misuse("--example", `no example of a ${name}, expected cell`);
    const { exampleCell } = await import("../../input/example.ts");
    return exampleCell(hidden ?? 2, input ?? 3, seed ?? 1);
  }
  refuseFlags({ hidden, input, seed }, "only with --example");
  return schemas[name as keyof typeof schemas]();
}
