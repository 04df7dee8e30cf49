import { colourRules, gradient } from "./colours.ts";
import figure from "./figures/figure.css?raw";
import { inkProperties } from "./inks.ts";
import page from "./page.css?raw";

/** The page's only style sheet. Widths are of the reader's window, sizes of a cell those of its picture. */
export const STYLES = `:root{color-scheme:light dark;${inkProperties("light")};--scale:${gradient("light")};--half:${gradient("light", 0)}}
${colourRules("light")}
@media screen and (prefers-color-scheme:dark){:root{${inkProperties("dark")};--scale:${gradient("dark")};--half:${gradient("dark", 0)}}
${colourRules("dark")}}
${page}${figure}`;
