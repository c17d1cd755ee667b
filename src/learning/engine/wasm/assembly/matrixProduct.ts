/**
 * Product of two matrices, either of them transposed, bias and activation included. Both operands are packed;
 * the depth is one sum.
 */
import { packBias, packColumns, packColumnsAlong, packRows, packRowsAcross, STEP } from "./pack";
import { row, STAGE_BYTES, stageAt, tile } from "./tile";

/** Bytes of scratch for the packed right operand and bias, as f64 because an i32 would wrap around for huge ones. */
export function matrixProductRightBytes(depth: i32, columns: i32): f64 {
  const panels = (columns + 7) >> 3;
  return (panels as f64) * ((depth as f64) + 1) * STEP;
}

/** Bytes of scratch that each thread needs for four packed rows, as f64 as well. */
export function matrixProductLeftBytes(depth: i32): f64 {
  return (depth as f64) * STEP + STAGE_BYTES;
}

/**
 * Packs the panels (8 columns each) from `first` up to `last` of the right operand [depth, columns] or its transpose,
 * and of the bias (0 for none), which lies behind all panels.
 */
export function matrixProductRight(
  b: usize,
  bias: usize,
  packed: usize,
  depth: i32,
  columns: i32,
  transposeB: i32,
  first: i32,
  last: i32,
  _thread: i32,
): void {
  const panelBytes = (depth as usize) * STEP;
  const packedBias = packed + (((columns + 7) >> 3) as usize) * panelBytes;
  for (let panel = first; panel < last; panel++) {
    const to = packed + (panel as usize) * panelBytes;
    const left = columns - panel * 8;
    const at = (panel as usize) << 5;
    if (transposeB) {
      const from = b + (((panel * 8 * depth) as usize) << 2);
      packColumnsAlong(from, (depth as usize) << 2, min(left, 8), depth, to);
    } else {
      packColumns(b + at, (columns as usize) << 2, left, depth, to);
    }
    if (bias !== 0) packBias(bias + at, min(left, 8), packedBias + at);
  }
}

/**
 * Computes the blocks from `first` up to `last` of `out` [rows, columns] from `a` [rows, depth] or its transpose: of each
 * four rows, `blocks` blocks of columns. `packed` is the right operand as {@link matrixProductRight} leaves it; `own` is
 * the scratch of the first thread, aligned to 16, and the others' follow it, `ownBytes` each.
 */
export function matrixProduct(
  a: usize,
  packed: usize,
  hasBias: i32,
  out: usize,
  own: usize,
  ownBytes: usize,
  blocks: i32,
  rows: i32,
  depth: i32,
  columns: i32,
  transposeA: i32,
  activation: i32,
  alpha: f32,
  first: i32,
  last: i32,
  thread: i32,
): void {
  const panels = (columns + 7) >> 3;
  const panelBytes = (depth as usize) * STEP;
  const packedBias: usize = hasBias ? packed + (panels as usize) * panelBytes : 0;
  const packedRows = stageAt(own + (thread as usize) * ownBytes);
  const rowBytes = (columns as usize) << 2;
  let packedFrom = -1;
  for (let block = first; block < last; block++) {
    const i = (block / blocks) * 4;
    const together = min(rows - i, 4);
    const firstPanel = (panels * (block % blocks)) / blocks;
    const lastPanel = (panels * ((block % blocks) + 1)) / blocks;
    const outRow = out + (i as usize) * rowBytes;
    if (together === 1 && !transposeA) {
      for (let panel = firstPanel; panel < lastPanel; panel += 4) {
        row(
          a + (((i * depth) as usize) << 2),
          0,
          0,
          packed + (panel as usize) * panelBytes,
          0,
          panelBytes,
          depth,
          1,
          1,
          outRow + ((panel as usize) << 5),
          min(min(columns - panel * 8, (lastPanel - panel) * 8), 32),
          packedBias === 0 ? (0 as usize) : packedBias + ((panel as usize) << 5),
          activation,
          alpha,
        );
      }
      continue;
    }
    if (packedFrom !== i) {
      if (transposeA) {
        packRowsAcross(a + ((i as usize) << 2), (rows as usize) << 2, together, depth, packedRows);
      } else {
        packRows(a + (((i * depth) as usize) << 2), (depth as usize) << 2, together, depth, packedRows);
      }
      packedFrom = i;
    }
    for (let panel = firstPanel; panel < lastPanel; panel++) {
      tile(
        packedRows,
        0,
        packed + (panel as usize) * panelBytes,
        0,
        depth,
        1,
        outRow + ((panel as usize) << 5),
        rowBytes,
        together,
        min(columns - panel * 8, 8),
        packedBias === 0 ? (0 as usize) : packedBias + ((panel as usize) << 5),
        activation,
        alpha,
      );
    }
  }
}
