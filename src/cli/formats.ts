/** The registry of formats: as what results, derivations and verdicts are printed. A renderer is loaded when it is asked for. */
import type { Explanation } from "../explain/explain.ts";
import type { GradeRenderer } from "../render/grade/report.ts";
import { jsonChunks } from "../render/json.ts";
import type { Look } from "../render/look.ts";
import type { Result } from "../render/result.ts";

/** What is printed as a whole. */
export interface Printed {
  readonly result: Result;
  readonly derivation: Explanation;
}

/** How it is printed. */
export interface Printing {
  /** What the result is of, as people are told. */
  readonly heading: string | null;
  /** What people have to know of it that it does not tell itself. */
  readonly remarks: readonly string[];
  readonly digits: number;
  readonly full: boolean;
  readonly heatmap: boolean;
  /** Asked for only where text is laid out for a terminal. */
  readonly look: () => Promise<Look>;
}

type Renderer<Subject> = (subject: Subject, printing: Printing) => Promise<Iterable<string>>;

export const FORMATS = {
  result: {
    table: async (result, { look, ...how }) => [
      (await import("../render/table.ts")).renderTable(result, { ...how, ...(await look()) }),
    ],
    json: async (result) => jsonChunks(result),
    csv: async (result) => (await import("../render/csv.ts")).renderCsv(result),
    markdown: async (result, how) => [(await import("../render/markdown.ts")).renderMarkdown(result, how)],
    latex: async (result, how) => [(await import("../render/latex.ts")).renderLatex(result, how)],
  },
  derivation: {
    text: async (derivation, { look, ...how }) => [
      (await import("../render/explanation-text.ts")).renderExplanationText(derivation, { ...how, ...(await look()) }),
    ],
    json: async (derivation) =>
      jsonChunks((await import("../render/explanation-json.ts")).explanationRecord(derivation)),
    markdown: async (derivation, how) => [
      (await import("../render/explanation-markdown.ts")).renderExplanationMarkdown(derivation, how),
    ],
    latex: async (derivation, how) => [
      (await import("../render/explanation-latex.ts")).renderExplanationLatex(derivation, how),
    ],
    html: async (derivation, how) => [
      (await import("../render/explanation-html.ts")).renderExplanationHtml(derivation, how),
    ],
  },
  verdicts: {
    table: async () => (await import("../render/grade/table.ts")).renderGradeTable,
    json: async () => (await import("../render/grade/json.ts")).renderJson,
    csv: async () => (await import("../render/grade/csv.ts")).renderCsv,
    gradescope: async () => (await import("../render/grade/gradescope.ts")).renderGradescope,
    prairielearn: async () => (await import("../render/grade/prairielearn.ts")).renderPrairielearn,
    junit: async () => (await import("../render/grade/junit.ts")).renderJunit,
    tap: async () => (await import("../render/grade/tap.ts")).renderTap,
  },
} as const satisfies {
  readonly result: Readonly<Record<string, Renderer<Result>>>;
  readonly derivation: Readonly<Record<string, Renderer<Explanation>>>;
  /** Verdicts are written one by one, as they are known. */
  readonly verdicts: Readonly<Record<string, () => Promise<GradeRenderer>>>;
};

export type Kind = keyof Printed;
export type FormatOf<K extends keyof typeof FORMATS> = keyof (typeof FORMATS)[K];

const WHOLE: { readonly [K in Kind]: Readonly<Record<string, Renderer<Printed[K]>>> } = FORMATS;

export function rendererOf<K extends Kind>(kind: K, format: FormatOf<K>): Renderer<Printed[K]> {
  return WHOLE[kind][format as string];
}

/** The names of the formats of one kind. */
export function formatsOf<K extends keyof typeof FORMATS>(kind: K): readonly FormatOf<K>[] {
  return Object.keys(FORMATS[kind]) as FormatOf<K>[];
}
