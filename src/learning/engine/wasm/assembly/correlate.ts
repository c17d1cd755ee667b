/**
 * The loop over output positions that the convolution and its input gradient share: every output is a
 * correlation of a picture with a filter whose taps outside the picture are skipped, not multiplied by zero,
 * so padding costs nothing and an infinite weight does not turn into NaN at the border.
 */

import { STEP } from "./pack";
import { row, tile } from "./tile";

/** One axis: where the filter lies at an output position, and how much of it lies inside the picture. */
let first: i32 = 0;
let count: i32 = 0;

/** Sets `first` (the first tap inside) and `count` (how many are) for taps at `start + k * dilation`. */
function clip(start: i32, taps: i32, dilation: i32, size: i32): void {
  // Divisions cost as much as a short tile: none without dilation.
  let past = 0;
  if (dilation === 1) {
    first = start >= 0 ? 0 : -start;
    past = size - start;
  } else {
    first = start >= 0 ? 0 : (dilation - 1 - start) / dilation;
    if (start < size) past = (size - 1 - start) / dilation + 1;
  }
  count = max(min(past, taps) - first, 0);
}

/**
 * Four pictures (`rows` of them real), packed side by side.
 * `a`: packed rows, [height][dilationWidth][paddedWidth / dilationWidth][depth]; `b`: packed columns,
 * [panels][filterHeight][filterWidth][depth]. The output position (y, x) is at `out + y * outY + x * outX`; rows are
 * computed from `firstRow` up to `lastRow`.
 */
export function correlateTiles(
  a: usize,
  height: i32,
  width: i32,
  depth: i32,
  b: usize,
  filterHeight: i32,
  filterWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  dilationHeight: i32,
  dilationWidth: i32,
  padTop: i32,
  padLeft: i32,
  firstRow: i32,
  lastRow: i32,
  outWidth: i32,
  out: usize,
  outY: usize,
  outX: usize,
  pictureBytes: usize,
  rows: i32,
  columns: i32,
  bias: usize,
  activation: i32,
  alpha: f32,
): void {
  const perPhase = (width + dilationWidth - 1) / dilationWidth;
  const pixel = (depth as usize) * STEP;
  const lineBytes = ((perPhase * dilationWidth) as usize) * pixel;
  const filterLine = (filterWidth as usize) * pixel;
  const panelBytes = (filterHeight as usize) * filterLine;
  for (let column = 0; column < columns; column += 8) {
    const panelColumns = min(columns - column, 8);
    const panelOut = out + ((column as usize) << 2);
    const panelBias = bias === 0 ? (0 as usize) : bias + ((column as usize) << 2);
    for (let y = firstRow; y < lastRow; y++) {
      const top = y * strideHeight - padTop;
      clip(top, filterHeight, dilationHeight, height);
      const firstY = first;
      const countY = count;
      const line = a + ((top + firstY * dilationHeight) as usize) * lineBytes;
      const filterAt = b + (firstY as usize) * filterLine;
      let position = panelOut + (y as usize) * outY;
      for (let x = 0; x < outWidth; x++) {
        const left = x * strideWidth - padLeft;
        clip(left, filterWidth, dilationWidth, width);
        const start = left + first * dilationWidth;
        let at = start;
        if (dilationWidth > 1) at = (start % dilationWidth) * perPhase + start / dilationWidth;
        tile(
          line + (at as usize) * pixel,
          (dilationHeight as usize) * lineBytes,
          filterAt + (first as usize) * pixel,
          filterLine,
          count * depth,
          count > 0 ? countY : 0,
          position,
          pictureBytes,
          rows,
          panelColumns,
          panelBias,
          activation,
          alpha,
        );
        position += outX;
      }
    }
    b += panelBytes;
  }
}

/** The same for one picture as it lies in memory, [height, width, depth]. */
export function correlateRows(
  a: usize,
  height: i32,
  width: i32,
  depth: i32,
  b: usize,
  filterHeight: i32,
  filterWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  dilationHeight: i32,
  dilationWidth: i32,
  padTop: i32,
  padLeft: i32,
  firstRow: i32,
  lastRow: i32,
  outWidth: i32,
  out: usize,
  outY: usize,
  outX: usize,
  columns: i32,
  bias: usize,
  activation: i32,
  alpha: f32,
): void {
  const pixel = (depth as usize) << 2;
  const lineBytes = (width as usize) * pixel;
  const filterPixel = (depth as usize) * STEP;
  const filterLine = (filterWidth as usize) * filterPixel;
  const panelBytes = (filterHeight as usize) * filterLine;
  for (let column = 0; column < columns; column += 32) {
    const panelColumns = min(columns - column, 32);
    const panelOut = out + ((column as usize) << 2);
    const panelBias = bias === 0 ? (0 as usize) : bias + ((column as usize) << 2);
    for (let y = firstRow; y < lastRow; y++) {
      const top = y * strideHeight - padTop;
      clip(top, filterHeight, dilationHeight, height);
      const firstY = first;
      const countY = count;
      const line = a + ((top + firstY * dilationHeight) as usize) * lineBytes;
      const filterAt = b + (firstY as usize) * filterLine;
      let position = panelOut + (y as usize) * outY;
      for (let x = 0; x < outWidth; x++) {
        const left = x * strideWidth - padLeft;
        clip(left, filterWidth, dilationWidth, width);
        row(
          line + ((left + first * dilationWidth) as usize) * pixel,
          (dilationHeight as usize) * lineBytes,
          (dilationWidth as usize) * pixel,
          filterAt + (first as usize) * filterPixel,
          filterLine,
          panelBytes,
          dilationWidth === 1 ? count * depth : depth,
          dilationWidth === 1 ? min(count, 1) : count,
          countY,
          position,
          panelColumns,
          panelBias,
          activation,
          alpha,
        );
        position += outX;
      }
    }
    b += 4 * panelBytes;
  }
}
