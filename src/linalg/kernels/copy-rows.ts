/** Copies rows of `cols` doubles that stand `stride` apart to where they stand `apart`. */
export function copyRows(
  out: Float64Array,
  to: number,
  apart: number,
  data: Float64Array,
  from: number,
  stride: number,
  rows: number,
  cols: number,
): void {
  if (apart === cols && stride === cols) out.set(data.subarray(from, from + rows * cols), to);
  else
    for (let r = 0; r < rows; r++) out.set(data.subarray(from + r * stride, from + r * stride + cols), to + r * apart);
}
