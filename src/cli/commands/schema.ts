import { Argument, type Command, Option } from "commander";
import { failure } from "../../errors.ts";
import { CONVENTIONS } from "../../input/weights/conventions/convention.ts";
import { jsonChunks } from "../../render/json.ts";
import type { Run } from "../context.ts";
import { wholeNumber } from "../options.ts";
import { writeResult } from "../write.ts";

interface SchemaOptions {
  readonly example?: true;
  readonly hidden?: number;
  readonly input?: number;
  readonly seed?: number;
  readonly output?: string;
}

export function addSchema(program: Command, { context }: Run): void {
  program
    .command("schema")
    .description("JSON Schema of what dlstm reads and prints, or a cell to start from")
    .addArgument(nameArgument())
    .option("--example", "a random cell instead of its schema")
    .option("--hidden <H>", "hidden size of the example (default: 2)", wholeNumber("--hidden", 1, 1e5))
    .option("--input <I>", "input size of the example (default: 3)", wholeNumber("--input", 1, 1e5))
    .option("--seed <n>", "seed of the example (default: 1)", wholeNumber("--seed", 0, 2 ** 31 - 1))
    .addOption(new Option("--json", "the output is JSON anyway").hideHelp())
    .option("-o, --output <file>", "write there instead, whole or not at all")
    .addHelpText("after", "\nExample:\n  $ dlstm schema cell --example --hidden 2 --input 3 --seed 7")
    .action(async (name: string, options: SchemaOptions) => {
      await writeResult(jsonChunks(await documentOf(name, options)), options.output, context);
    });
}

function nameArgument(): Argument {
  const argument = new Argument("[name]", "of what").default("cell");
  argument.argChoices = ["cell", "state", "answer", "result", ...CONVENTIONS];
  return argument;
}

async function documentOf(name: string, { example, hidden, input, seed }: SchemaOptions): Promise<object> {
  const { schemas: inputs } = await import("../../input/json-schema.ts");
  const { answerSchema, resultSchema } = await import("../../render/schema/documents.ts");
  const { cell, state, ...conventions } = inputs;
  const schemas = { cell, state, answer: answerSchema, result: resultSchema, ...conventions };
  if (!Object.hasOwn(schemas, name)) {
    throw failure("usage", `no such schema, expected one of ${Object.keys(schemas).join(", ")}`, { place: name });
  }
  if (example) {
    if (name !== "cell") throw failure("usage", `no example of a ${name}, expected cell`, { place: "--example" });
    const { exampleCell } = await import("../../input/example.ts");
    return exampleCell(hidden ?? 2, input ?? 3, seed ?? 1);
  }
  const [flag] =
    Object.entries({ "--hidden": hidden, "--input": input, "--seed": seed }).find(([, v]) => v !== undefined) ?? [];
  if (flag) throw failure("usage", "only with --example", { place: flag });
  return schemas[name as keyof typeof schemas]();
}
