import { BANDED, GAP, type LayoutOptions, layOut, widthOf } from "./column-layout.ts";
import { groupsOf } from "./groups.ts";
import type { Column, Section } from "./section.ts";

/**
 * A section as sections that fit the width, one below the other: bands of its columns. Many components stay together, as
 * their layout cuts them out of the middle.
 */
export function fold(section: Section, options: LayoutOptions): Section[] {
  if (options.full) return [section];
  const { columns, firstComponent } = section;
  const layout = layOut(section, options);
  if (widthOf(layout, options) <= options.width) return [section];
  if (columns.length - firstComponent > BANDED) {
    if (firstComponent === 0) return [section];
    const front = part(section, columns.slice(0, firstComponent), firstComponent);
    return [...fold(front, options), part(section, columns.slice(firstComponent), 0)];
  }
  const widths = layout.columns.map((column) => column?.width ?? 0);
  const alone = columns.map(({ labelAlone = "" }) => options.write(labelAlone).length);
  const most = Math.max(1, Math.floor((options.width - layout.labelWidth) / (GAP + Math.max(...widths, ...alone))));
  // spread evenly over as few bands as fit
  const each = Math.ceil(columns.length / Math.ceil(columns.length / most));
  return groupsOf(columns, each).map((own) => part(section, own, own.length));
}

function part(section: Section, columns: readonly Column[], firstComponent: number): Section {
  const [first, ...rest] = columns;
  return { ...section, columns: [{ ...first, label: first.labelAlone ?? first.label }, ...rest], firstComponent };
}
