/** The text of a file, as it stands there. */
declare module "*?raw" {
  const text: string;
  export default text;
}
