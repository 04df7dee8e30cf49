export { activations, round } from "./activations";
export { spellRow } from "./decimals";
export { addDots, highHalves } from "./dots";
export { sumRows } from "./rows";
