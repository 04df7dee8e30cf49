/** The colours of the page's text and lines, in both themes. */
export const INKS = {
  light: {
    ...{ paper: "#fff", ink: "#1b1c1e", soft: "#5b5f66", rule: "#d5d7da", blue: "#1d62ab", orange: "#a3510a" },
    ...{ band: "#1d62ab26", line: "#85898f" },
    ...{ "gate-f": "#1d62ab", "gate-i": "#1f7a3d", "gate-u": "#8a3a9b", "gate-o": "#a3510a" },
  },
  dark: {
    ...{ paper: "#141518", ink: "#e6e7e9", soft: "#a3a8b0", rule: "#3a3d43", blue: "#7db8f0", orange: "#f0a35c" },
    ...{ band: "#7db8f033", line: "#8b9099" },
    ...{ "gate-f": "#7db8f0", "gate-i": "#7fcf8d", "gate-u": "#d79be6", "gate-o": "#f0a35c" },
  },
} as const;

/** As custom properties. */
export function inkProperties(theme: keyof typeof INKS): string {
  return Object.entries(INKS[theme])
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(";");
}
