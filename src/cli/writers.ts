/** How many results are written: a line of JSON each, rows of one table, or one below the other as people read them. */
import { type DlstmError, REPORTED_PROBLEMS } from "../errors.ts";
import { excerpt } from "../input/excerpt.ts";
import { FILES_CSV, LINES_CSV } from "../render/csv.ts";
import { jsonChunks, jsonLine } from "../render/json.ts";
import { visibleLine } from "../visible.ts";
import type { Context } from "./context.ts";
import { type PrintOptions, printing } from "./emit.ts";
import type { Told } from "./jobs/part.ts";
import type { Label } from "./label.ts";
import type { Input, Writer } from "./many.ts";
import { plainReport, problemRecord } from "./report-error.ts";
import { say } from "./terminal.ts";

/** For the lines of a stream: CSV where that is asked for, else JSON. */
export function streamWriter({ json, format }: PrintOptions<"result">, context: Context): Writer {
  // lines are small, and there are many: each is written at once
  if (json || format !== "csv") return jsonWriter((record, label) => [jsonLine(record, label)]);
  const nameOf = ({ label, line }: Input) => ({ id: "id" in label ? label.id : undefined, line });
  const { tell, end } = linesTold(context);
  return {
    start: LINES_CSV.head,
    result: (input, _, result) => LINES_CSV.rows(nameOf(input), result),
    error(input, error) {
      tell({ ...input, problems: error.problems, count: error.count });
      return [LINES_CSV.error(nameOf(input), error.problems[0].code)];
    },
    tell,
    end,
  };
}

/** For files, in the format asked for. */
export async function fileWriter(options: PrintOptions<"result">, context: Context): Promise<Writer> {
  const print = await printing("result", options, context);
  if (options.json || options.format === "json")
    return jsonWriter((record, label) => jsonChunks({ ...label, ...record }));
  const fileOf = ({ label }: Input) => ("file" in label ? label.file : "");
  const error = (_: Input, { problems, count }: DlstmError) => {
    say(plainReport(problems, count), context);
    return [];
  };
  const end = () => undefined;
  if (options.format === "csv") {
    return { start: FILES_CSV.head, result: (input, _, result) => FILES_CSV.rows(fileOf(input), result), error, end };
  }
  return {
    start: "",
    between: "\n",
    result(input, { cell, remarks }, result) {
      const file = fileOf(input);
      return print(result, cell.name === null ? file : `${file}: ${cell.name}`, remarks);
    },
    error,
    end,
  };
}

/** What is wrong stands as a line in its place. */
function jsonWriter(write: (record: object, label: object) => Iterable<string>): Writer {
  return {
    start: "",
    result: ({ label }, _, result) => write(result, label),
    error: ({ label, line }, { problems, count }) =>
      write(problemRecord(problems, count), line === null ? label : { line, ...label }),
    end: () => undefined,
  };
}

/** On stderr: the first bad lines, and how many more there were; of several jobs the run tells them. */
function linesTold(context: Context) {
  let count = 0;
  return {
    tell({ label, line, problems, count: ofLine }: Told) {
      if (context.part) {
        context.part.tell({ label, line, problems, count: ofLine });
        return;
      }
      count += 1;
      if (count > REPORTED_PROBLEMS) return;
      const told = `line ${line}${calledBy(label)}`;
      const placed = problems.map((one) => ({ ...one, place: one.place === null ? told : `${told}: ${one.place}` }));
      say(plainReport(placed, ofLine), context);
    },
    end() {
      const more = count - REPORTED_PROBLEMS;
      if (more > 0) say(`dlstm: and ${more} more bad ${more === 1 ? "line" : "lines"}\n`, context);
    },
  };
}

/** ` (id 7, name "short")`, as far as the line says so. */
function calledBy(label: Label): string {
  const quoted = (text: string | number) =>
    visibleLine(JSON.stringify(typeof text === "string" ? excerpt(text) : text));
  const known = Object.entries(label).map(([key, text]) => `${key} ${quoted(text)}`);
  return known.length === 0 ? "" : ` (${known.join(", ")})`;
}
