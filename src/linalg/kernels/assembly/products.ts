/** Products of matrices, the loop of ../../multiply.ts: tiles of four rows and four columns, two columns in each lane. */

/**
 * out = left · right, [m × depth][depth × n], m and n multiples of four. Each entry is summed in the order of the columns of `left`.
 */
export function multiplyBlock(out: usize, left: usize, right: usize, m: i32, depth: i32, n: i32): void {
  const row = <usize>depth << 3;
  const stride = <usize>n << 3;
  for (let c: usize = 0; c < stride; c += 32) {
    for (let r: usize = 0; r < <usize>m; r += 4) {
      let a0 = f64x2.splat(0);
      let a1 = f64x2.splat(0);
      let b0 = f64x2.splat(0);
      let b1 = f64x2.splat(0);
      let c0 = f64x2.splat(0);
      let c1 = f64x2.splat(0);
      let d0 = f64x2.splat(0);
      let d1 = f64x2.splat(0);
      let p = right + c;
      const first = left + r * row;
      const end = first + row;
      for (let a = first; a < end; a += 8, p += stride) {
        const p0 = v128.load(p, 0);
        const p1 = v128.load(p, 16);
        const ofA = v128.load_splat<f64>(a);
        a0 = f64x2.add(a0, f64x2.mul(ofA, p0));
        a1 = f64x2.add(a1, f64x2.mul(ofA, p1));
        const ofB = v128.load_splat<f64>(a + row);
        b0 = f64x2.add(b0, f64x2.mul(ofB, p0));
        b1 = f64x2.add(b1, f64x2.mul(ofB, p1));
        const ofC = v128.load_splat<f64>(a + 2 * row);
        c0 = f64x2.add(c0, f64x2.mul(ofC, p0));
        c1 = f64x2.add(c1, f64x2.mul(ofC, p1));
        const ofD = v128.load_splat<f64>(a + 3 * row);
        d0 = f64x2.add(d0, f64x2.mul(ofD, p0));
        d1 = f64x2.add(d1, f64x2.mul(ofD, p1));
      }
      const at = out + r * stride + c;
      v128.store(at, a0, 0);
      v128.store(at, a1, 16);
      v128.store(at + stride, b0, 0);
      v128.store(at + stride, b1, 16);
      v128.store(at + 2 * stride, c0, 0);
      v128.store(at + 2 * stride, c1, 16);
      v128.store(at + 3 * stride, d0, 0);
      v128.store(at + 3 * stride, d1, 16);
    }
  }
}
