import { colourRules, gradient } from "./colours.ts";
import page from "./page.css?raw";

const INK = {
  light: "--paper:#fff;--ink:#1b1c1e;--soft:#5b5f66;--rule:#d5d7da;--blue:#1d62ab;--orange:#a3510a;--band:#1d62ab26",
  dark: "--paper:#141518;--ink:#e6e7e9;--soft:#a3a8b0;--rule:#3a3d43;--blue:#7db8f0;--orange:#f0a35c;--band:#7db8f033",
};

/** The page's only style sheet. Widths are of the reader's window, sizes of a cell those of its picture. */
export const STYLES = `:root{color-scheme:light dark;${INK.light};--scale:${gradient("light")}}
${colourRules("light")}
@media screen and (prefers-color-scheme:dark){:root{${INK.dark};--scale:${gradient("dark")}}
${colourRules("dark")}}
${page}`;
