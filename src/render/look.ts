import type { ColorSupportLevel } from "chalk";

/** How text for a terminal may look. */
export interface Look {
  /** Characters a line. */
  readonly width: number;
  /** Chalk's: 0 none, 1 sixteen colours, 2 256, 3 true colour. */
  readonly colorLevel: ColorSupportLevel;
  /** False: only ASCII. */
  readonly unicode: boolean;
}
