import { GAP, type LayoutOptions, layOut } from "./column-layout.ts";
import { groupsOf } from "./groups.ts";
import type { Section } from "./section.ts";

/**
 * A section of several quantities, none of which may be left out, as sections that fit the width, one below the other.
 * One with components is left as it is: its layout cuts those out of the middle.
 */
export function fold(section: Section, options: LayoutOptions): Section[] {
  const { columns, firstComponent, captions } = section;
  if (options.full || firstComponent < columns.length) return [section];
  const layout = layOut(section, options);
  const room = options.width - layout.labelWidth;
  const widths = layout.columns.map((column) => GAP + (column?.width ?? 0));
  if (widths.reduce((sum, width) => sum + width, 0) <= room) return [section];
  const most = Math.max(1, Math.floor(room / Math.max(...widths)));
  const parts = Math.ceil(columns.length / most);
  const each = Math.ceil(columns.length / parts);
  return groupsOf(columns, each).map((own, k, groups) => {
    const isLast = k === groups.length - 1;
    return { ...section, columns: own, firstComponent: own.length, captions: isLast ? captions : [] };
  });
}
