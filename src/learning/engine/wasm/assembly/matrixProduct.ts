/**
 * Product of two matrices, either of them transposed, bias and activation included. Both operands are packed;
 * the depth is one sum.
 */
import { packBias, packColumns, packColumnsAlong, packRows, packRowsAcross, STEP } from "./pack";
import { row, STAGE_BYTES, stageAt, tile } from "./tile";

/** Bytes of scratch that `matrixProduct` needs, as f64 because an i32 would wrap around for huge pictures. */
export function matrixProductScratch(depth: i32, columns: i32): f64 {
  const panels = (columns + 7) >> 3;
  return ((panels + 1) * (depth as f64) + panels) * STEP + STAGE_BYTES;
}

/** `a` is [rows, depth] or its transpose, `b` [depth, columns] or its transpose, `out` [rows, columns]. */
export function matrixProduct(
  a: usize,
  b: usize,
  bias: usize,
  out: usize,
  scratch: usize,
  rows: i32,
  depth: i32,
  columns: i32,
  transposeA: i32,
  transposeB: i32,
  activation: i32,
  alpha: f32,
): void {
  const panels = (columns + 7) >> 3;
  const panelBytes = (depth as usize) * STEP;
  const packedB = stageAt(scratch);
  for (let panel = 0; panel < panels; panel++) {
    const to = packedB + (panel as usize) * panelBytes;
    const left = columns - panel * 8;
    if (transposeB) {
      packColumnsAlong(
        b + (((panel * 8 * depth) as usize) << 2),
        (depth as usize) << 2,
        min(left, 8),
        depth,
        to,
      );
    } else {
      packColumns(b + ((panel as usize) << 5), (columns as usize) << 2, left, depth, to);
    }
  }
  let paddedBias: usize = 0;
  if (bias !== 0) {
    paddedBias = packedB + (panels as usize) * panelBytes;
    packBias(bias, columns, paddedBias);
  }
  const packed = packedB + (panels as usize) * (panelBytes + STEP);
  const rowBytes = (columns as usize) << 2;
  for (let i = 0; i < rows; i += 4) {
    const together = min(rows - i, 4);
    if (together === 1 && !transposeA) {
      const from = a + (((i * depth) as usize) << 2);
      for (let column = 0; column < columns; column += 32) {
        row(
          from,
          0,
          0,
          packedB + ((column >> 3) as usize) * panelBytes,
          0,
          panelBytes,
          depth,
          1,
          1,
          out + ((column as usize) << 2),
          min(columns - column, 32),
          paddedBias === 0 ? (0 as usize) : paddedBias + ((column as usize) << 2),
          activation,
          alpha,
        );
      }
      return;
    }
    if (transposeA) packRowsAcross(a + ((i as usize) << 2), (rows as usize) << 2, together, depth, packed);
    else packRows(a + (((i * depth) as usize) << 2), (depth as usize) << 2, together, depth, packed);
    for (let panel = 0; panel < panels; panel++) {
      tile(
        packed,
        0,
        packedB + (panel as usize) * panelBytes,
        0,
        depth,
        1,
        out + ((panel as usize) << 5),
        rowBytes,
        together,
        min(columns - panel * 8, 8),
        paddedBias === 0 ? (0 as usize) : paddedBias + ((panel as usize) << 5),
        activation,
        alpha,
      );
    }
    out += 4 * rowBytes;
  }
}
