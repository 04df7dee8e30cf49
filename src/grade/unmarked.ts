import { isParameter } from "../lstm/names.ts";

/** Keys of results under which derivatives stand, or what is made of them, that no quantity is. */
const KEYS = new Set(["hessian", "blocks", "product", "eigenvalues", "singular_log10", "input_jacobian"]);

/** Whether a path is one that results have and nobody is marked by: right or wrong, it earns nothing. */
export function isUnmarked(path: string): boolean {
  const [first, second, third] = path.split(".", 3);
  if (first === "jacobian") return /^[hc]_T$/.test(second ?? "") || isParameter(third ?? "");
  return KEYS.has(first) || path === "optimum.outputs";
}
