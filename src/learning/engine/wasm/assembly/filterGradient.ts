/**
 * Gradient of a convolution with respect to its filter: for each tap, the product of the pictures' channels
 * with `dy`'s channels, summed over the output positions where the tap lies inside the picture.
 *
 * Both operands are packed with the batch innermost and the columns of `x` sorted by their phase (column
 * modulo stride), so that for one tap and one output row the sum runs over contiguous memory. Partial
 * sums (one for each block of output rows and each block of pictures) are added to the result: two levels, which
 * keeps float32 rounding small over many positions.
 */
import { packColumns, packRowsAcross, STEP } from "./pack";
import { ACCUMULATE, STAGE_BYTES, stageAt, tile } from "./tile";

/** Pictures packed at a time: bounds the scratch whatever the batch. */
const PICTURES: i32 = 32;
/** Least depth of a partial sum: long enough to hide the cost of adding it to the result. */
const DEPTH: i32 = 512;

/** Bytes of scratch that `filterGradient` needs, as f64 because an i32 would wrap around for huge pictures. */
export function filterGradientScratch(
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outChannels: i32,
  strideWidth: i32,
  outHeight: i32,
  outWidth: i32,
): f64 {
  const perPhase = (width + strideWidth - 1) / strideWidth;
  const rows = (((channels + 3) >> 2) as f64) * height * perPhase * strideWidth;
  const columns = (((outChannels + 7) >> 3) as f64) * outHeight * outWidth;
  return (rows + columns) * min(batch, PICTURES) * STEP + STAGE_BYTES;
}

/** First output position whose tap at `shift + position * stride` is not negative. */
function firstInside(shift: i32, stride: i32): i32 {
  return shift >= 0 ? 0 : (stride - 1 - shift) / stride;
}

/** One past the last output position whose tap lies before `size`. */
function lastInside(shift: i32, stride: i32, size: i32, positions: i32): i32 {
  return shift >= size ? 0 : min((size - 1 - shift) / stride + 1, positions);
}

/** `x` [batch, height, width, channels], `dy` [batch, outHeight, outWidth, outChannels] to the filter's gradient. */
export function filterGradient(
  x: usize,
  dy: usize,
  dFilter: usize,
  scratch: usize,
  batch: i32,
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
): void {
  const size = filterHeight * filterWidth * channels * outChannels;
  for (let i = 0; i < size; i++) f32.store(dFilter + ((i as usize) << 2), 0);
  const perPhase = (width + strideWidth - 1) / strideWidth;
  const packed = stageAt(scratch);
  const groups = (channels + 3) >> 2;
  const panels = (outChannels + 7) >> 3;
  const xPicture = ((height * width * channels) as usize) << 2;
  const dyPicture = ((outHeight * outWidth * outChannels) as usize) << 2;
  const rowBytes = (outChannels as usize) << 2;

  for (let n = 0; n < batch; n += PICTURES) {
    const pictures = min(batch - n, PICTURES);
    const pixel = (pictures as usize) * STEP;
    // Packed x: [channels / 4][height][phase][width / stride][pictures][4 twice].
    const a = packed;
    const line = ((perPhase * strideWidth) as usize) * pixel;
    const groupBytes = (height as usize) * line;
    let from = x + (n as usize) * xPicture;
    for (let y = 0; y < height; y++) {
      for (let column = 0; column < width; column++) {
        const at =
          a +
          (y as usize) * line +
          (((column % strideWidth) * perPhase + column / strideWidth) as usize) * pixel;
        for (let group = 0; group < groups; group++) {
          packRowsAcross(
            from + ((group as usize) << 4),
            xPicture,
            channels - group * 4,
            pictures,
            at + (group as usize) * groupBytes,
          );
        }
        from += (channels as usize) << 2;
      }
    }
    // Packed dy: [outChannels / 8][outHeight][outWidth][pictures][8].
    const b = a + (groups as usize) * groupBytes;
    const dyLine = (outWidth as usize) * pixel;
    const panelBytes = (outHeight as usize) * dyLine;
    from = dy + (n as usize) * dyPicture;
    for (let position = 0; position < outHeight * outWidth; position++) {
      for (let panel = 0; panel < panels; panel++) {
        packColumns(
          from + ((panel as usize) << 5),
          dyPicture,
          outChannels - panel * 8,
          pictures,
          b + (panel as usize) * panelBytes + (position as usize) * pixel,
        );
      }
      from += rowBytes;
    }

    const together = (DEPTH + outWidth * pictures - 1) / (outWidth * pictures);
    for (let blockY = 0; blockY < outHeight; blockY += together) {
      const blockEnd = min(blockY + together, outHeight);
      for (let group = 0; group < groups; group++) {
        const groupAt = a + (group as usize) * groupBytes;
        const rows = min(channels - group * 4, 4);
        for (let panel = 0; panel < panels; panel++) {
          const panelAt = b + (panel as usize) * panelBytes;
          const columns = min(outChannels - panel * 8, 8);
          let out = dFilter + ((group as usize) << 2) * rowBytes + ((panel as usize) << 5);
          for (let tapY = 0; tapY < filterHeight; tapY++) {
            const shiftY = tapY - padTop;
            const y = max(firstInside(shiftY, strideHeight), blockY);
            const endY = min(lastInside(shiftY, strideHeight, height, outHeight), blockEnd);
            for (let tapX = 0; tapX < filterWidth; tapX++) {
              const shiftX = tapX - padLeft;
              const firstX = firstInside(shiftX, strideWidth);
              const endX = lastInside(shiftX, strideWidth, width, outWidth);
              if (y < endY && firstX < endX) {
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
              out += (channels as usize) * rowBytes;
            }
          }
        }
      }
    }
  }
}
