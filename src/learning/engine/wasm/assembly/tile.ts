/**
 * The two inner loops that all matrix products and convolutions share.
 *
 * `tile` computes a block of 4 rows by 8 columns. Its left operand is packed as 8 floats for each step of
 * the depth, the 4 row values twice (r0 r1 r2 r3 r0 r1 r2 r3), so that the 4 rotations of the rows are plain
 * loads at offsets 0, 4, 8 and 12: no splat and no shuffle in the loop. Accumulator r holds, in lane i,
 * row (i + r) mod 4; `finish` turns the diagonals back into rows. The right operand is packed as 8 columns for
 * each step. The loop is not unrolled: 8 accumulators and two steps in flight spill the 15 registers that V8
 * has, which costs a third of the speed.
 *
 * The depth comes in segments (one for each row of a filter): within one both operands are contiguous.
 * Every output is one sum in the order of the depth, so its bits depend on shapes alone.
 */

/** Bias, activation and what happens to the value already stored. Numbers as in `activations` on the host side. */
const RELU: i32 = 1;
const RELU6: i32 = 2;
const LEAKY_RELU: i32 = 3;
/** Not an activation: adds to what the output holds. */
export const ACCUMULATE: i32 = -1;

/** As the stock cpu backend: NaN stays NaN, whatever its sign. */
export function activate(v: v128, activation: i32, alpha: f32): v128 {
  if (activation <= 0) return v;
  const zero = f32x4.splat(0);
  if (activation === RELU) return f32x4.max(v, zero);
  if (activation === RELU6) return f32x4.min(f32x4.max(v, zero), f32x4.splat(6));
  if (activation === LEAKY_RELU) {
    return v128.bitselect(f32x4.mul(v, f32x4.splat(alpha)), v, f32x4.lt(v, zero));
  }
  return v;
}

/** Loads the first `count` floats at `at` (4 at most), the rest are 0. Reads nothing beyond them. */
export function loadPart(at: usize, count: i32): v128 {
  if (count >= 4) return v128.load(at);
  if (count === 3) return v128.load32_lane(at, v128.load64_zero(at), 2, 8);
  if (count === 2) return v128.load64_zero(at);
  if (count === 1) return v128.load32_zero(at);
  return f32x4.splat(0);
}

/** Stores the first `count` floats of `v` (4 at most) and touches nothing beyond them. */
export function storePart(at: usize, v: v128, count: i32): void {
  if (count >= 4) {
    v128.store(at, v);
    return;
  }
  if (count <= 0) return;
  if (count === 1) {
    v128.store32_lane(at, v, 0);
    return;
  }
  v128.store64_lane(at, v, 0);
  if (count === 3) v128.store32_lane(at, v, 2, 8);
}

/** Ends one row of up to 8 columns: bias (padded to 8 floats, or 0 for none), activation, store. */
function finish(
  out: usize,
  low: v128,
  high: v128,
  columns: i32,
  bias: usize,
  activation: i32,
  alpha: f32,
): void {
  if (bias !== 0) {
    low = f32x4.add(low, v128.load(bias));
    high = f32x4.add(high, v128.load(bias, 16));
  }
  if (activation === ACCUMULATE) {
    low = f32x4.add(low, loadPart(out, columns));
    high = f32x4.add(high, loadPart(out + 16, columns - 4));
  } else if (activation !== 0) {
    low = activate(low, activation, alpha);
    high = activate(high, activation, alpha);
  }
  storePart(out, low, columns);
  storePart(out + 16, high, columns - 4);
}

/** Where `accumulate` leaves its sums: {@link STAGE_BYTES} of scratch, aligned to 16. Set by each entry point. */
let stage: usize = 0;
/** Bytes of scratch that `tile` needs. */
export const STAGE_BYTES: usize = 128;

/** Gives `tile` its scratch and returns what follows. */
export function stageAt(scratch: usize): usize {
  stage = scratch;
  return scratch + STAGE_BYTES;
}

/**
 * The inner loop: adds one segment to the 8 sums of 4 lanes at `sums`. A function of its own with few parameters and
 * no loop around the loop: V8 has no register to spare, and unrolls a nested loop of its own accord, which costs a
 * tenth of the speed.
 */
function accumulate(a: usize, b: usize, end: usize, sums: usize): void {
  let c0 = v128.load(sums);
  let c1 = v128.load(sums, 16);
  let c2 = v128.load(sums, 32);
  let c3 = v128.load(sums, 48);
  let d0 = v128.load(sums, 64);
  let d1 = v128.load(sums, 80);
  let d2 = v128.load(sums, 96);
  let d3 = v128.load(sums, 112);
  while (b !== end) {
    const low = v128.load(b);
    const high = v128.load(b, 16);
    let row = v128.load(a);
    c0 = f32x4.add(c0, f32x4.mul(row, low));
    d0 = f32x4.add(d0, f32x4.mul(row, high));
    row = v128.load(a, 4);
    c1 = f32x4.add(c1, f32x4.mul(row, low));
    d1 = f32x4.add(d1, f32x4.mul(row, high));
    row = v128.load(a, 8);
    c2 = f32x4.add(c2, f32x4.mul(row, low));
    d2 = f32x4.add(d2, f32x4.mul(row, high));
    row = v128.load(a, 12);
    c3 = f32x4.add(c3, f32x4.mul(row, low));
    d3 = f32x4.add(d3, f32x4.mul(row, high));
    a += 32;
    b += 32;
  }
  v128.store(sums, c0);
  v128.store(sums, c1, 16);
  v128.store(sums, c2, 32);
  v128.store(sums, c3, 48);
  v128.store(sums, d0, 64);
  v128.store(sums, d1, 80);
  v128.store(sums, d2, 96);
  v128.store(sums, d3, 112);
}

/**
 * `rows` (1 to 4) by `columns` (1 to 8) outputs, `rowBytes` apart.
 * `a`, `b` point at packed operands; each of the `segments` is `depth` steps, `aStep` and `bStep` bytes apart.
 */
export function tile(
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  depth: i32,
  segments: i32,
  out: usize,
  rowBytes: usize,
  rows: i32,
  columns: i32,
  bias: usize,
  activation: i32,
  alpha: f32,
): void {
  const zero = f32x4.splat(0);
  for (let at = stage; at < stage + STAGE_BYTES; at += 16) v128.store(at, zero);
  for (; segments > 0; segments--) {
    accumulate(a, b, b + ((depth as usize) << 5), stage);
    a += aStep;
    b += bStep;
  }
  // Accumulator r holds row (i + r) mod 4 in lane i: gather the odd lanes, then the halves.
  const c0 = v128.load(stage);
  const c1 = v128.load(stage, 16);
  const c2 = v128.load(stage, 32);
  const c3 = v128.load(stage, 48);
  const d0 = v128.load(stage, 64);
  const d1 = v128.load(stage, 80);
  const d2 = v128.load(stage, 96);
  const d3 = v128.load(stage, 112);
  const cEven = v128.shuffle<f32>(c0, c3, 0, 5, 2, 7);
  const cOdd = v128.shuffle<f32>(c2, c1, 0, 5, 2, 7);
  const dEven = v128.shuffle<f32>(d0, d3, 0, 5, 2, 7);
  const dOdd = v128.shuffle<f32>(d2, d1, 0, 5, 2, 7);
  let low = v128.shuffle<f32>(cEven, cOdd, 0, 1, 6, 7);
  let high = v128.shuffle<f32>(dEven, dOdd, 0, 1, 6, 7);
  finish(out, low, high, columns, bias, activation, alpha);
  if (rows < 2) return;
  const cNext = v128.shuffle<f32>(c1, c0, 0, 5, 2, 7);
  const cLast = v128.shuffle<f32>(c3, c2, 0, 5, 2, 7);
  const dNext = v128.shuffle<f32>(d1, d0, 0, 5, 2, 7);
  const dLast = v128.shuffle<f32>(d3, d2, 0, 5, 2, 7);
  low = v128.shuffle<f32>(cNext, cLast, 0, 1, 6, 7);
  high = v128.shuffle<f32>(dNext, dLast, 0, 1, 6, 7);
  finish(out + rowBytes, low, high, columns, bias, activation, alpha);
  if (rows < 3) return;
  low = v128.shuffle<f32>(cOdd, cEven, 0, 1, 6, 7);
  high = v128.shuffle<f32>(dOdd, dEven, 0, 1, 6, 7);
  finish(out + 2 * rowBytes, low, high, columns, bias, activation, alpha);
  if (rows < 4) return;
  low = v128.shuffle<f32>(cLast, cNext, 0, 1, 6, 7);
  high = v128.shuffle<f32>(dLast, dNext, 0, 1, 6, 7);
  finish(out + 3 * rowBytes, low, high, columns, bias, activation, alpha);
}

/**
 * One row by up to 32 columns, for what is left when the rows do not make a tile (a batch of 1).
 * `a` is not packed: `taps` runs of `depth` floats, `aTap` bytes apart, in each of the `segments`; the right
 * operand is contiguous over the taps. Panel j of 8 columns begins at `b + j * panelBytes`.
 */
export function row(
  a: usize,
  aStep: usize,
  aTap: usize,
  b: usize,
  bStep: usize,
  panelBytes: usize,
  depth: i32,
  taps: i32,
  segments: i32,
  out: usize,
  columns: i32,
  bias: usize,
  activation: i32,
  alpha: f32,
): void {
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let c2 = f32x4.splat(0);
  let c3 = f32x4.splat(0);
  if (columns <= 8) {
    for (let segment = segments; segment > 0; segment--) {
      let tapA = a;
      let q = b;
      for (let tap = taps; tap > 0; tap--) {
        let p = tapA;
        const end = q + ((depth as usize) << 5);
        while (q !== end) {
          const value = v128.load32_splat(p);
          c0 = f32x4.add(c0, f32x4.mul(value, v128.load(q)));
          c1 = f32x4.add(c1, f32x4.mul(value, v128.load(q, 16)));
          p += 4;
          q += 32;
        }
        tapA += aTap;
      }
      a += aStep;
      b += bStep;
    }
    finish(out, c0, c1, columns, bias, activation, alpha);
    return;
  }
  let d0 = f32x4.splat(0);
  let d1 = f32x4.splat(0);
  let d2 = f32x4.splat(0);
  let d3 = f32x4.splat(0);
  // A panel that does not exist is computed from the one before it and thrown away.
  const panel2: usize = columns > 16 ? 2 * panelBytes : panelBytes;
  const panel3: usize = columns > 24 ? 3 * panelBytes : panelBytes;
  for (let segment = segments; segment > 0; segment--) {
    let tapA = a;
    let q = b;
    for (let tap = taps; tap > 0; tap--) {
      let p = tapA;
      const end = q + ((depth as usize) << 5);
      while (q !== end) {
        const value = v128.load32_splat(p);
        c0 = f32x4.add(c0, f32x4.mul(value, v128.load(q)));
        d0 = f32x4.add(d0, f32x4.mul(value, v128.load(q, 16)));
        let next = q + panelBytes;
        c1 = f32x4.add(c1, f32x4.mul(value, v128.load(next)));
        d1 = f32x4.add(d1, f32x4.mul(value, v128.load(next, 16)));
        next = q + panel2;
        c2 = f32x4.add(c2, f32x4.mul(value, v128.load(next)));
        d2 = f32x4.add(d2, f32x4.mul(value, v128.load(next, 16)));
        next = q + panel3;
        c3 = f32x4.add(c3, f32x4.mul(value, v128.load(next)));
        d3 = f32x4.add(d3, f32x4.mul(value, v128.load(next, 16)));
        p += 4;
        q += 32;
      }
      tapA += aTap;
    }
    a += aStep;
    b += bStep;
  }
  const step: usize = bias === 0 ? 0 : 32;
  finish(out, c0, d0, min(columns, 8), bias, activation, alpha);
  finish(out + 32, c1, d1, min(columns - 8, 8), bias + step, activation, alpha);
  if (columns > 16) finish(out + 64, c2, d2, min(columns - 16, 8), bias + 2 * step, activation, alpha);
  if (columns > 24) finish(out + 96, c3, d3, columns - 24, bias + 3 * step, activation, alpha);
}
