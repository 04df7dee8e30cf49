/** What graders document of the files that they read (their sources beside each), strict in what they have no field for. */
import { SaxesParser } from "saxes";
import * as z from "zod";

const visibility = z.enum(["hidden", "after_due_date", "after_published", "visible"]);
const textFormat = z.enum(["text", "html", "simple_format", "md", "ansi"]);

/** https://gradescope-autograders.readthedocs.io/en/latest/specs/ */
export const gradescopeSchema = z.strictObject({
  score: z.number(),
  execution_time: z.number().optional(),
  output: z.string().optional(),
  output_format: textFormat.optional(),
  test_output_format: textFormat.optional(),
  test_name_format: textFormat.optional(),
  visibility: visibility.optional(),
  stdout_visibility: visibility.optional(),
  extra_data: z.looseObject({}).optional(),
  tests: z
    .array(
      z.strictObject({
        score: z.number(),
        max_score: z.number().min(0),
        // without it, 0 of 0 points is a pass
        status: z.enum(["passed", "failed"]),
        name: z.string().min(1),
        name_format: textFormat.optional(),
        number: z.string().optional(),
        output: z.string().optional(),
        output_format: textFormat.optional(),
        tags: z.array(z.string()).optional(),
        visibility: visibility.optional(),
        extra_data: z.looseObject({}).optional(),
      }),
    )
    .min(1),
});

/** https://docs.prairielearn.com/externalGrading/ */
export const prairielearnSchema = z.union([
  z.strictObject({
    gradable: z.literal(false),
    format_errors: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
  }),
  z.strictObject({
    gradable: z.literal(true).optional(),
    score: z.number().min(0).max(1),
    message: z.string().optional(),
    output: z.string().optional(),
    tests: z
      .array(
        z.strictObject({
          name: z.string().min(1),
          description: z.string().optional(),
          // one test without them hides those of all
          points: z.number(),
          max_points: z.number().min(0),
          message: z.string().optional(),
          output: z.string().optional(),
        }),
      )
      .min(1),
  }),
]);

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** The root of an XML text. @throws where it is not well-formed XML 1.0. */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser();
  const root: XmlElement = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element: XmlElement = { name, attributes: attributes as Record<string, string>, children: [], text: "" };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on("text", (part) => {
    open.at(-1)!.text += part;
  });
  parser.on("closetag", () => void open.pop());
  parser.write(text).close();
  return root.children[0]!;
}

const count = z.string().regex(/^\d+$/);
const element = <N extends string, A extends z.ZodType, C extends z.ZodType>(name: N, attributes: A, child: C) =>
  z.strictObject({ name: z.literal(name), attributes, children: z.array(child), text: z.string() });

const property = element("property", z.strictObject({ name: z.string(), value: z.string() }), z.never());
const verdict = z.strictObject({ message: z.string(), type: z.string() });
const testcase = element(
  "testcase",
  z.strictObject({ name: z.string().min(1), classname: z.string().min(1), time: count }),
  z.union([element("failure", verdict, z.never()), element("error", verdict, z.never())]),
);

/** https://github.com/testmoapp/junitxml */
export const junitSchema = element(
  "testsuites",
  z.strictObject({ name: z.string(), tests: count, failures: count, errors: count }),
  element(
    "testsuite",
    z.strictObject({ name: z.string(), tests: count, failures: count, errors: count, skipped: count, time: count }),
    z.union([
      element("properties", z.strictObject({}), property),
      testcase,
      element("system-out", z.strictObject({}), z.never()),
    ]),
  ),
);
