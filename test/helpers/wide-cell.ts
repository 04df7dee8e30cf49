/** U_f of size n with entries of many sizes. */
export function wideCell(n: number): object {
  const U_f = Array.from({ length: n }, (_, r) =>
    Array.from({ length: n }, (_, k) => Math.sin(1 + 7 * r + 3 * k) / (1 + k)),
  );
  return { U_f, h_prev: Array(n).fill(0) };
}
