/**
 * Gradient of a convolution with respect to its filter: for each tap, the product of the pictures' channels
 * with `dy`'s channels, summed over the output positions where the tap lies inside the picture.
 *
 * Both operands are packed with the batch innermost and the columns of `x` sorted by their phase (column
 * modulo stride), so that for one tap and one output row the sum runs over contiguous memory. Partial
 * sums (one for each block of output rows and each block of pictures) are added to the result: two levels, which
 * keeps float32 rounding small over many positions.
 *
 * The caller packs and sums one block of pictures after another, so the scratch does not grow with the batch. Threads
 * share out the lines to pack and the values of the gradient to sum, never the terms of a sum.
 */
import { packColumns, packRowsAcross, STEP } from "./pack";
import { ACCUMULATE, STAGE_BYTES, stageAt, storePart, tile } from "./tile";

/** Least depth of a partial sum: long enough to hide the cost of adding it to the result. */
const DEPTH: i32 = 512;

/** Bytes of the packed lines of `x`, for each picture, as f64 because an i32 would wrap around for huge pictures. */
export function filterGradientInputBytes(height: i32, width: i32, channels: i32, strideWidth: i32): f64 {
  const perPhase = (width + strideWidth - 1) / strideWidth;
  return (((channels + 3) >> 2) as f64) * height * perPhase * strideWidth * STEP;
}

/** Bytes of the packed lines of `dy`, for each picture, as f64 as well. */
export function filterGradientOutputBytes(outHeight: i32, outWidth: i32, outChannels: i32): f64 {
  return (((outChannels + 7) >> 3) as f64) * outHeight * outWidth * STEP;
}

/** Bytes of scratch that each thread needs beside them. */
export function filterGradientThreadBytes(): f64 {
  return STAGE_BYTES as f64;
}

/** First output position whose tap at `shift + position * stride` is not negative. */
function firstInside(shift: i32, stride: i32): i32 {
  return shift >= 0 ? 0 : (stride - 1 - shift) / stride;
}

/** One past the last output position whose tap lies before `size`. */
function lastInside(shift: i32, stride: i32, size: i32, positions: i32): i32 {
  return shift >= size ? 0 : min((size - 1 - shift) / stride + 1, positions);
}

/**
 * Packs the lines from `first` up to `last` of `pictures` pictures [height, width, channels] into
 * [channels / 4][height][phase][width / stride][pictures][4 twice].
 */
export function filterGradientInput(
  x: usize,
  packed: usize,
  pictures: i32,
  height: i32,
  width: i32,
  channels: i32,
  strideWidth: i32,
  first: i32,
  last: i32,
  _thread: i32,
): void {
  const perPhase = (width + strideWidth - 1) / strideWidth;
  const groups = (channels + 3) >> 2;
  const picture = ((height * width * channels) as usize) << 2;
  const pixel = (pictures as usize) * STEP;
  const line = ((perPhase * strideWidth) as usize) * pixel;
  const groupBytes = (height as usize) * line;
  let from = x + (((first * width * channels) as usize) << 2);
  for (let y = first; y < last; y++) {
    for (let column = 0; column < width; column++) {
      const at =
        packed +
        (y as usize) * line +
        (((column % strideWidth) * perPhase + column / strideWidth) as usize) * pixel;
      for (let group = 0; group < groups; group++) {
        packRowsAcross(
          from + ((group as usize) << 4),
          picture,
          channels - group * 4,
          pictures,
          at + (group as usize) * groupBytes,
        );
      }
      from += (channels as usize) << 2;
    }
  }
}

/**
 * Packs the output positions from `first` up to `last` of `pictures` pictures of `dy` into
 * [outChannels / 8][positions][pictures][8].
 */
export function filterGradientOutput(
  dy: usize,
  packed: usize,
  pictures: i32,
  positions: i32,
  outChannels: i32,
  first: i32,
  last: i32,
  _thread: i32,
): void {
  const panels = (outChannels + 7) >> 3;
  const rowBytes = (outChannels as usize) << 2;
  const picture = (positions as usize) * rowBytes;
  const pixel = (pictures as usize) * STEP;
  const panelBytes = (positions as usize) * pixel;
  for (let position = first; position < last; position++) {
    for (let panel = 0; panel < panels; panel++) {
      packColumns(
        dy + (position as usize) * rowBytes + ((panel as usize) << 5),
        picture,
        outChannels - panel * 8,
        pictures,
        packed + (panel as usize) * panelBytes + (position as usize) * pixel,
      );
    }
  }
}

/**
 * Adds one block of pictures to the part of the filter's gradient from `first` up to `last`, in units of a group of 4
 * channels, a panel of 8 output channels and a row of taps. `a` and `b` are packed by the two functions above; the
 * `isFirst` block of pictures overwrites what `dFilter` holds. `own` is the scratch of the first thread, aligned to 16,
 * and the others' follow it, `ownBytes` each.
 */
export function filterGradient(
  a: usize,
  b: usize,
  dFilter: usize,
  own: usize,
  ownBytes: usize,
  isFirst: i32,
  pictures: i32,
  height: i32,
  width: i32,
  channels: i32,
  filterHeight: i32,
  filterWidth: i32,
  outChannels: i32,
  strideHeight: i32,
  strideWidth: i32,
  padTop: i32,
  padLeft: i32,
  outHeight: i32,
  outWidth: i32,
  first: i32,
  last: i32,
  thread: i32,
): void {
  stageAt(own + (thread as usize) * ownBytes);
  const perPhase = (width + strideWidth - 1) / strideWidth;
  const panels = (outChannels + 7) >> 3;
  const rowBytes = (outChannels as usize) << 2;
  const tapBytes = (channels as usize) * rowBytes;
  const pixel = (pictures as usize) * STEP;
  const line = ((perPhase * strideWidth) as usize) * pixel;
  const groupBytes = (height as usize) * line;
  const dyLine = (outWidth as usize) * pixel;
  const panelBytes = (outHeight as usize) * dyLine;
  const together = (DEPTH + outWidth * pictures - 1) / (outWidth * pictures);
  for (let blockY = 0; blockY < outHeight; blockY += together) {
    const blockEnd = min(blockY + together, outHeight);
    for (let unit = first; unit < last; unit++) {
      const tapY = unit % filterHeight;
      const panel = (unit / filterHeight) % panels;
      const group = unit / filterHeight / panels;
      const groupAt = a + (group as usize) * groupBytes;
      const rows = min(channels - group * 4, 4);
      const panelAt = b + (panel as usize) * panelBytes;
      const columns = min(outChannels - panel * 8, 8);
      let out =
        dFilter +
        ((tapY * filterWidth) as usize) * tapBytes +
        ((group as usize) << 2) * rowBytes +
        ((panel as usize) << 5);
      if (isFirst && blockY === 0) {
        for (let tapX = 0; tapX < filterWidth; tapX++) {
          clear(out + (tapX as usize) * tapBytes, rowBytes, rows, columns);
        }
      }
      const shiftY = tapY - padTop;
      const y = max(firstInside(shiftY, strideHeight), blockY);
      const endY = min(lastInside(shiftY, strideHeight, height, outHeight), blockEnd);
      if (y >= endY) continue;
      for (let tapX = 0; tapX < filterWidth; tapX++) {
        const shiftX = tapX - padLeft;
        const firstX = firstInside(shiftX, strideWidth);
        const endX = lastInside(shiftX, strideWidth, width, outWidth);
        if (firstX < endX) {
          const column = firstX * strideWidth + shiftX;
          const at = (column % strideWidth) * perPhase + column / strideWidth;
          tile(
            groupAt + ((y * strideHeight + shiftY) as usize) * line + (at as usize) * pixel,
            (strideHeight as usize) * line,
            panelAt + (y as usize) * dyLine + (firstX as usize) * pixel,
            dyLine,
            (endX - firstX) * pictures,
            endY - y,
            out,
            rowBytes,
            rows,
            columns,
            0,
            ACCUMULATE,
            0,
          );
        }
        out += tapBytes;
      }
    }
  }
}

/** Sets `rows` rows of up to 8 columns to zero. */
function clear(out: usize, rowBytes: usize, rows: i32, columns: i32): void {
  const zero = f32x4.splat(0);
  for (; rows > 0; rows--) {
    storePart(out, zero, columns);
    storePart(out + 16, zero, columns - 4);
    out += rowBytes;
  }
}
