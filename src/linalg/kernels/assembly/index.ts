export { activations } from "./activations";
export { addDots, highHalves } from "./dots";
export { sumRows } from "./rows";
