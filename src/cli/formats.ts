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
export interface Printing extends Look {
  /** What the result is of, as people are told. */
  readonly heading: string | null;
  /** What people have to know of it that it does not tell itself. */
  readonly remarks: readonly string[];
  readonly digits: number;
  readonly full: boolean;
  readonly heatmap: boolean;
  /** The states of a sequence's steps too, which JSON and CSV have anyway. */
  readonly steps: boolean;
}

/** From what is printed to its text, which may come piece by piece. */
type Renderer<Subject> = (subject: Subject, printing: Printing) => string | Iterable<string>;
type Loaders<Render> = Readonly<Record<string, () => Promise<Render>>>;
type Formats = { readonly [K in Kind]: Loaders<Renderer<Printed[K]>> };

export const FORMATS = {
  result: {
    table: async () => (await import("../render/table.ts")).renderTable,
    json: async () => jsonChunks,
    csv: async () => (await import("../render/csv.ts")).renderCsv,
    markdown: async () => (await import("../render/markdown.ts")).renderMarkdown,
    latex: async () => (await import("../render/latex.ts")).renderLatex,
  },
  derivation: {
    text: async () => (await import("../render/explanation-text.ts")).renderExplanationText,
    json: async () => {
      const { explanationRecord } = await import("../render/explanation-json.ts");
      return (derivation) => jsonChunks(explanationRecord(derivation));
    },
    markdown: async () => (await import("../render/explanation-markdown.ts")).renderExplanationMarkdown,
    latex: async () => (await import("../render/explanation-latex.ts")).renderExplanationLatex,
    html: async () => (await import("../render/explanation-html.ts")).renderExplanationHtml,
  },
  /** Written one by one, as they are known. */
  verdicts: {
    table: async () => (await import("../render/grade/table.ts")).renderGradeTable,
    json: async () => (await import("../render/grade/json.ts")).renderJson,
    csv: async () => (await import("../render/grade/csv.ts")).renderCsv,
    gradescope: async () => (await import("../render/grade/gradescope.ts")).renderGradescope,
    prairielearn: async () => (await import("../render/grade/prairielearn.ts")).renderPrairielearn,
    junit: async () => (await import("../render/grade/junit.ts")).renderJunit,
    tap: async () => (await import("../render/grade/tap.ts")).renderTap,
    html: async () => (await import("../render/grade/class-page.ts")).renderClassPage,
  },
} as const satisfies Formats & { readonly verdicts: Loaders<GradeRenderer> };

export type Kind = keyof Printed;
export type FormatOf<K extends keyof typeof FORMATS> = keyof (typeof FORMATS)[K];

export function rendererOf<K extends Kind>(kind: K, format: FormatOf<K>): Promise<Renderer<Printed[K]>> {
  const whole: Formats = FORMATS;
  return whole[kind][format as string]();
}

/** The names of the formats of one kind. */
export function formatsOf<K extends keyof typeof FORMATS>(kind: K): readonly FormatOf<K>[] {
  return Object.keys(FORMATS[kind]) as FormatOf<K>[];
}
