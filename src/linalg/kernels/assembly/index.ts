export { activations, round } from "./activations";
export { spellRow } from "./decimals";
export { setHalves, setSums } from "./dots";
export { errorOfSquare } from "./double-double";
export { multiplyNumbers } from "./numbers";
export { multiplyBlock } from "./products";
export { sumColumns, sumRows } from "./rows";
