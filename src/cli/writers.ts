/** How many results are written: a line of JSON each, rows of one table, or one below the other as people read them. */
import { type DlstmError, REPORTED_PROBLEMS } from "../errors.ts";
import { CSV_HEAD, csvRows, labelField } from "../render/csv.ts";
import { jsonChunks, jsonLine } from "../render/json.ts";
import type { Context } from "./context.ts";
import { type PrintOptions, printing } from "./emit.ts";
import type { Input, Label, Writer } from "./many.ts";
import { plainReport, problemRecord } from "./report-error.ts";
import { say } from "./terminal.ts";

/** For the lines of a stream: CSV where that is asked for, else JSON. */
export function streamWriter({ json, format }: PrintOptions<"result">, context: Context): Writer {
  // lines are small, and there are many: each is written at once
  if (json || format !== "csv") return jsonWriter((record) => [jsonLine(record)]);
  return csvWriter("id", linesTold(context), (label) => ("id" in label ? label.id : undefined));
}

/** For files, in the format asked for. */
export async function fileWriter(options: PrintOptions<"result">, context: Context): Promise<Writer> {
  const print = await printing("result", options, context);
  const tell = (_: Input, error: DlstmError) => say(plainReport(error.problems, error.count), context);
  if (options.json || options.format === "json") return jsonWriter(jsonChunks);
  if (options.format === "csv") return csvWriter("file", { tell, end: () => undefined }, fileOf);
  let written = 0;
  return {
    start: "",
    *result(label, { cell, remarks }, result) {
      written += 1;
      if (written > 1) yield "\n";
      const file = fileOf(label) ?? "";
      yield* print(result, cell.name === null ? file : `${file}: ${cell.name}`, remarks);
    },
    error(input, error) {
      tell(input, error);
      return [];
    },
    end: () => undefined,
  };
}

const fileOf = (label: Label) => ("file" in label ? label.file : undefined);

/** What is wrong stands as a line in its place. */
function jsonWriter(write: (record: object) => Iterable<string>): Writer {
  return {
    start: "",
    result: (label, _, result) => write({ ...label, ...result }),
    error: ({ label, line }, { problems, count }) =>
      write({ ...(line === null ? {} : { line }), ...label, ...problemRecord(problems, count) }),
    end: () => undefined,
  };
}

/** How a format tells what it has no room for. */
interface Teller {
  readonly tell: (input: Input, error: DlstmError) => void;
  readonly end: () => void;
}

/** One table, whose first column tells the inputs apart. */
function csvWriter(column: string, { tell, end }: Teller, of: (label: Label) => string | number | undefined): Writer {
  return {
    start: `${column},${CSV_HEAD}`,
    result: (label, _, result) => csvRows(result, labelField(of(label))),
    error(input, error) {
      tell(input, error);
      return [];
    },
    end,
  };
}

/** On stderr: the first bad lines, and how many more there were. */
function linesTold(context: Context): Teller {
  let count = 0;
  return {
    tell({ line }, { problems, count: ofLine }) {
      count += 1;
      if (count > REPORTED_PROBLEMS) return;
      const placed = problems.map((one) => ({
        ...one,
        place: `line ${line}${one.place === null ? "" : `: ${one.place}`}`,
      }));
      say(plainReport(placed, ofLine), context);
    },
    end() {
      const more = count - REPORTED_PROBLEMS;
      if (more > 0) say(`dlstm: and ${more} more bad ${more === 1 ? "line" : "lines"}\n`, context);
    },
  };
}
