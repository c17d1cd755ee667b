/**
 * Copies operands into the order in which the inner loops read them. Rows are packed by fours, each step of
 * the depth as r0 r1 r2 r3 r0 r1 r2 r3 (32 bytes); columns by eights, missing ones as zeros (32 bytes a step).
 * A missing row is packed as a copy of the first: its outputs are never stored.
 */
import { loadPart } from "./tile";

/** Bytes of one packed step, of rows or of columns. */
export const STEP: usize = 32;

/** Stores one step of rows: the four values twice. */
function storeTwice(at: usize, v: v128): void {
  v128.store(at, v);
  v128.store(at, v, 16);
}

/** Four rows of `length` contiguous floats, `rowBytes` apart: a transposition in blocks of 4 by 4. */
export function packRows(from: usize, rowBytes: usize, rows: i32, length: i32, to: usize): void {
  const from1 = rows > 1 ? from + rowBytes : from;
  const from2 = rows > 2 ? from + 2 * rowBytes : from;
  const from3 = rows > 3 ? from + 3 * rowBytes : from;
  let at: usize = 0;
  const whole: usize = ((length & ~3) as usize) << 2;
  const all: usize = (length as usize) << 2;
  for (; at < whole; at += 16) {
    const a = v128.load(from + at);
    const b = v128.load(from1 + at);
    const c = v128.load(from2 + at);
    const d = v128.load(from3 + at);
    const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    storeTwice(to, v128.shuffle<f32>(abLow, cdLow, 0, 1, 4, 5));
    storeTwice(to + 32, v128.shuffle<f32>(abLow, cdLow, 2, 3, 6, 7));
    storeTwice(to + 64, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5));
    storeTwice(to + 96, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7));
    to += 128;
  }
  for (; at < all; at += 4) {
    const low = v128.load32_lane(from1 + at, v128.load32_zero(from + at), 1);
    storeTwice(to, v128.load32_lane(from3 + at, v128.load32_lane(from2 + at, low, 2), 3));
    to += STEP;
  }
}

/** Up to four rows that lie side by side: `length` steps of `rows` contiguous floats, `stepBytes` apart. */
export function packRowsAcross(from: usize, stepBytes: usize, rows: i32, length: i32, to: usize): void {
  for (let i = 0; i < length; i++) {
    storeTwice(to, loadPart(from, rows));
    from += stepBytes;
    to += STEP;
  }
}

/** Up to eight columns that lie side by side: `length` steps of `columns` contiguous floats, `stepBytes` apart. */
export function packColumns(from: usize, stepBytes: usize, columns: i32, length: i32, to: usize): void {
  if (columns >= 8) {
    for (let i = 0; i < length; i++) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      from += stepBytes;
      to += STEP;
    }
    return;
  }
  for (let i = 0; i < length; i++) {
    v128.store(to, loadPart(from, columns));
    v128.store(to, loadPart(from + 16, columns - 4), 16);
    from += stepBytes;
    to += STEP;
  }
}

/** Four columns, each contiguous over `length` steps and `columnBytes` apart, into one half of the packed steps. */
function packHalf(from: usize, columnBytes: usize, columns: i32, length: i32, to: usize): void {
  if (columns >= 4) {
    const whole = length & ~3;
    for (let i = 0; i < whole; i += 4) {
      const a = v128.load(from);
      const b = v128.load(from + columnBytes);
      const c = v128.load(from + 2 * columnBytes);
      const d = v128.load(from + 3 * columnBytes);
      const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(abLow, cdLow, 0, 1, 4, 5));
      v128.store(to, v128.shuffle<f32>(abLow, cdLow, 2, 3, 6, 7), 32);
      v128.store(to, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5), 64);
      v128.store(to, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7), 96);
      from += 16;
      to += 128;
    }
    length -= whole;
  }
  for (let i = 0; i < length; i++) {
    let v = f32x4.splat(0);
    if (columns > 0) v = v128.load32_zero(from);
    if (columns > 1) v = v128.load32_lane(from + columnBytes, v, 1);
    if (columns > 2) v = v128.load32_lane(from + 2 * columnBytes, v, 2);
    if (columns > 3) v = v128.load32_lane(from + 3 * columnBytes, v, 3);
    v128.store(to, v);
    from += 4;
    to += STEP;
  }
}

/** Up to eight columns, each contiguous over `length` steps and `columnBytes` apart: a transposition. */
export function packColumnsAlong(
  from: usize,
  columnBytes: usize,
  columns: i32,
  length: i32,
  to: usize,
): void {
  packHalf(from, columnBytes, min(columns, 4), length, to);
  packHalf(from + 4 * columnBytes, columnBytes, columns - 4, length, to + 16);
}

/** A bias of `length` floats, zeros after it up to a multiple of 8. */
export function packBias(from: usize, length: i32, to: usize): void {
  for (let i = 0; i < length; i += 4) {
    v128.store(to, loadPart(from, length - i));
    from += 16;
    to += 16;
  }
  if (((length + 3) >> 2) & 1) v128.store(to, f32x4.splat(0));
}
