/** What a training step needs besides products: activations' gradients and sums over leading axes. */
import { activate, loadPart, storePart } from "./tile";

/** Floats that a thread takes at a time from a tensor that is computed float by float. */
const UNIT: i32 = 1024;

/** Where a range of such units begins and ends, in bytes, within `size` floats. */
export function unitStart(first: i32): usize {
  return ((first * UNIT) as usize) << 2;
}

export function unitEnd(last: i32, size: i32): usize {
  return (min(last * UNIT, size) as usize) << 2;
}

/** `out[i] = activation(x[i])`, for the units from `first` up to `last`; NaN stays NaN. */
export function activation(
  x: usize,
  out: usize,
  size: i32,
  kind: i32,
  alpha: f32,
  first: i32,
  last: i32,
  _thread: i32,
): void {
  const end = unitEnd(last, size);
  for (let at = unitStart(first); at < end; at += 16) {
    const left = ((end - at) >> 2) as i32;
    storePart(out + at, activate(loadPart(x + at, left), kind, alpha), left);
  }
}

/** `out[i]` is `x[i]` held between `low` and `high`, for the units from `first` up to `last`; NaN stays NaN. */
export function clip(
  x: usize,
  out: usize,
  size: i32,
  low: f32,
  high: f32,
  first: i32,
  last: i32,
  _thread: i32,
): void {
  const end = unitEnd(last, size);
  for (let at = unitStart(first); at < end; at += 16) {
    const left = ((end - at) >> 2) as i32;
    const v = f32x4.min(f32x4.max(loadPart(x + at, left), f32x4.splat(low)), f32x4.splat(high));
    storePart(out + at, v, left);
  }
}

/**
 * `out[i] = dy[i] * step(x[i])` with step 1 above zero, 0 elsewhere and NaN for NaN, as the stock ops compose it; for the
 * units from `first` up to `last`.
 */
export function reluGradient(
  dy: usize,
  x: usize,
  out: usize,
  size: i32,
  first: i32,
  last: i32,
  _thread: i32,
): void {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const end = unitEnd(last, size);
  for (let at = unitStart(first); at < end; at += 16) {
    const left = ((end - at) >> 2) as i32;
    const v = loadPart(x + at, left);
    const slope = v128.bitselect(v128.bitselect(one, zero, f32x4.gt(v, zero)), v, f32x4.eq(v, v));
    storePart(out + at, f32x4.mul(loadPart(dy + at, left), slope), left);
  }
}

/** Rows added before their sum joins the total: two levels keep float32 rounding small. */
const ROWS: i32 = 64;

/** `out[j] = sum over i of x[i, j]`, x [rows, columns], for the columns from 16 * `first` up to 16 * `last`. */
export function sumRows(
  x: usize,
  out: usize,
  rows: i32,
  columns: i32,
  first: i32,
  last: i32,
  _thread: i32,
): void {
  const rowBytes = (columns as usize) << 2;
  const end = min(last * 16, columns);
  for (let column = first * 16; column < end; column += 4) {
    const left = columns - column;
    let total = f32x4.splat(0);
    let at = x + ((column as usize) << 2);
    for (let block = 0; block < rows; block += ROWS) {
      let sum = f32x4.splat(0);
      for (let i = min(rows - block, ROWS); i > 0; i--) {
        sum = f32x4.add(sum, loadPart(at, left));
        at += rowBytes;
      }
      total = f32x4.add(total, sum);
    }
    storePart(out + ((column as usize) << 2), total, left);
  }
}
