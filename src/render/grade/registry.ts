import { renderCsv } from "./csv.ts";
import { renderGradescope } from "./gradescope.ts";
import { renderJson } from "./json.ts";
import { renderJunit } from "./junit.ts";
import { renderPrairielearn } from "./prairielearn.ts";
import type { GradeFormat, GradeRenderer } from "./report.ts";
import { renderGradeTable } from "./table.ts";
import { renderTap } from "./tap.ts";

export const RENDERERS: Readonly<Record<GradeFormat, GradeRenderer>> = {
  table: renderGradeTable,
  json: renderJson,
  csv: renderCsv,
  gradescope: renderGradescope,
  prairielearn: renderPrairielearn,
  junit: renderJunit,
  tap: renderTap,
};
