/** The diverging scale of the page's pictures as classes, in both themes. */
import { type Colour, shade } from "../tint.ts";

/** Steps of the scale on either side of zero. */
const STEPS = 10;
const CLASSES = "abcdefghijklmnopqrstu";
/** The class of zero, and of what is next to it. */
export const MIDDLE_CLASS = CLASSES[STEPS];

const MIDDLE: Record<"light" | "dark", Colour> = { light: [243, 243, 241], dark: [38, 40, 44] };

/** The class of an entry; share is the entry divided by the end of the scale. */
export function colourClass(share: number): string {
  return CLASSES[STEPS + Math.round(Math.max(-1, Math.min(1, share)) * STEPS)];
}

/** A rule a class, of a table's cell and of a shape in a picture; the text on it is black or white, whichever is read more easily. */
export function colourRules(theme: "light" | "dark"): string {
  return [...CLASSES]
    .map((name, k) => {
      const colour = shade((k - STEPS) / STEPS, MIDDLE[theme]);
      const cell = name === MIDDLE_CLASS ? ":where(.heat tbody td:not([class]))," : "";
      return `${cell}.${name}{background:${hex(colour)};fill:${hex(colour)};stroke:${hex(colour)};color:${textOn(colour)}}`;
    })
    .join("");
}

/** The scale as a gradient, from its lower end or from zero to its upper end. */
export function gradient(theme: "light" | "dark", from: -1 | 0 = -1): string {
  const stops = [-1, 0, 1].filter((share) => share >= from).map((share) => hex(shade(share, MIDDLE[theme])));
  return `linear-gradient(90deg,${stops.join(",")})`;
}

function hex(colour: Colour): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** Contrast is (L + 0.05)/0.05 with black and 1.05/(L + 0.05) with white; they are equal at L = 0.179. Source: WCAG 2.2, §1.4.3. */
function textOn(colour: Colour): "#000" | "#fff" {
  return luminance(colour) > 0.179 ? "#000" : "#fff";
}

/** Relative luminance of an sRGB colour. Source: WCAG 2.2, §1.4.3. */
export function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
