/** What a training step needs besides products: activations' gradients and sums over leading axes. */
import { activate, loadPart, storePart } from "./tile";

/** `out[i] = activation(x[i])`; NaN stays NaN. */
export function activation(x: usize, out: usize, size: i32, kind: i32, alpha: f32): void {
  for (let i = 0; i < size; i += 4) {
    storePart(out, activate(loadPart(x, size - i), kind, alpha), size - i);
    x += 16;
    out += 16;
  }
}

/** `out[i]` is `x[i]` held between `low` and `high`; NaN stays NaN. */
export function clip(x: usize, out: usize, size: i32, low: f32, high: f32): void {
  for (let i = 0; i < size; i += 4) {
    const v = f32x4.min(f32x4.max(loadPart(x, size - i), f32x4.splat(low)), f32x4.splat(high));
    storePart(out, v, size - i);
    x += 16;
    out += 16;
  }
}

/** `out[i] = dy[i] * step(x[i])` with step 1 above zero, 0 elsewhere and NaN for NaN, as the stock ops compose it. */
export function reluGradient(dy: usize, x: usize, out: usize, size: i32): void {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  for (let i = 0; i < size; i += 4) {
    const v = loadPart(x, size - i);
    const slope = v128.bitselect(v128.bitselect(one, zero, f32x4.gt(v, zero)), v, f32x4.eq(v, v));
    storePart(out, f32x4.mul(loadPart(dy, size - i), slope), size - i);
    dy += 16;
    x += 16;
    out += 16;
  }
}

/** Rows added before their sum joins the total: two levels keep float32 rounding small. */
const ROWS: i32 = 64;

/** `out[j] = sum over i of x[i, j]`, x [rows, columns]. */
export function sumRows(x: usize, out: usize, rows: i32, columns: i32): void {
  const rowBytes = (columns as usize) << 2;
  for (let column = 0; column < columns; column += 4) {
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
