/**
 * Gradient of a convolution with respect to its pictures. For a stride s the input positions fall into s * s
 * phases; within one, the gradient is a correlation of stride 1 of `dy` with every s-th tap of the filter, in
 * reverse order. So no zero is ever inserted between the values of `dy`.
 */
import { correlateRows, correlateTiles } from "./correlate";
import { packColumnsAlong, packRows, STEP } from "./pack";
import { STAGE_BYTES, stageAt } from "./tile";

/** Bytes of scratch that `inputGradient` needs, as f64 because an i32 would wrap around for huge pictures. */
export function inputGradientScratch(
  channels: i32,
  filterHeight: i32,
  filterWidth: i32,
  outChannels: i32,
  outHeight: i32,
  outWidth: i32,
): f64 {
  const panels = (channels + 7) >> 3;
  const rows = (outHeight as f64) * outWidth * outChannels;
  const filter = (panels as f64) * filterHeight * filterWidth * outChannels;
  return (rows + filter) * STEP + STAGE_BYTES;
}

/** Floor of `value / by` for values of either sign. */
function floorDivide(value: i32, by: i32): i32 {
  return value >= 0 ? value / by : -((by - 1 - value) / by);
}

/** `dy` [batch, outHeight, outWidth, outChannels] to `dx` [batch, height, width, channels]. */
export function inputGradient(
  dy: usize,
  filter: usize,
  dx: usize,
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
  const panels = (channels + 7) >> 3;
  const dyPicture = ((outHeight * outWidth * outChannels) as usize) << 2;
  const xPixel = (channels as usize) << 2;
  const xLine = (width as usize) * xPixel;
  const xPicture = (height as usize) * xLine;
  const tapBytes = ((channels * outChannels) as usize) << 2;
  const step = (outChannels as usize) * STEP;

  // Packed filter: [phase y][phase x][panel][tap y][tap x][outChannels][8 channels].
  const packedFilter = stageAt(scratch);
  let to = packedFilter;
  for (let phaseY = 0; phaseY < strideHeight; phaseY++) {
    const tapsY = (filterHeight - phaseY + strideHeight - 1) / strideHeight;
    for (let phaseX = 0; phaseX < strideWidth; phaseX++) {
      const tapsX = (filterWidth - phaseX + strideWidth - 1) / strideWidth;
      for (let panel = 0; panel < panels; panel++) {
        for (let y = tapsY - 1; y >= 0; y--) {
          for (let x = tapsX - 1; x >= 0; x--) {
            const tap = (phaseY + y * strideHeight) * filterWidth + phaseX + x * strideWidth;
            packColumnsAlong(
              filter + (tap as usize) * tapBytes + (((panel * 8 * outChannels) as usize) << 2),
              (outChannels as usize) << 2,
              channels - panel * 8,
              outChannels,
              to,
            );
            to += step;
          }
        }
      }
    }
  }
  const a = to;
  for (let n = 0; n < batch; ) {
    const together = batch - n >= 4 ? 4 : 1;
    const from = dy + (n as usize) * dyPicture;
    if (together === 4) packRows(from, dyPicture, 4, outHeight * outWidth * outChannels, a);
    let b = packedFilter;
    for (let phaseY = 0; phaseY < strideHeight; phaseY++) {
      const tapsY = max((filterHeight - phaseY + strideHeight - 1) / strideHeight, 0);
      // The first input row of this phase, and how many there are.
      const shiftY = (phaseY - padTop) % strideHeight;
      const y0 = shiftY < 0 ? shiftY + strideHeight : shiftY;
      const countY = y0 < height ? (height - 1 - y0) / strideHeight + 1 : 0;
      const padY = tapsY - 1 - floorDivide(y0 + padTop, strideHeight);
      for (let phaseX = 0; phaseX < strideWidth; phaseX++) {
        const tapsX = max((filterWidth - phaseX + strideWidth - 1) / strideWidth, 0);
        const shiftX = (phaseX - padLeft) % strideWidth;
        const x0 = shiftX < 0 ? shiftX + strideWidth : shiftX;
        const countX = x0 < width ? (width - 1 - x0) / strideWidth + 1 : 0;
        const padX = tapsX - 1 - floorDivide(x0 + padLeft, strideWidth);
        const out = dx + (n as usize) * xPicture + (y0 as usize) * xLine + (x0 as usize) * xPixel;
        if (together === 4) {
          correlateTiles(
            a,
            outHeight,
            outWidth,
            outChannels,
            b,
            tapsY,
            tapsX,
            1,
            1,
            1,
            1,
            padY,
            padX,
            countY,
            countX,
            out,
            (strideHeight as usize) * xLine,
            (strideWidth as usize) * xPixel,
            xPicture,
            4,
            channels,
            0,
            0,
            0,
          );
        } else {
          correlateRows(
            from,
            outHeight,
            outWidth,
            outChannels,
            b,
            tapsY,
            tapsX,
            1,
            1,
            1,
            1,
            padY,
            padX,
            countY,
            countX,
            out,
            (strideHeight as usize) * xLine,
            (strideWidth as usize) * xPixel,
            channels,
            0,
            0,
            0,
          );
        }
        b += ((panels * tapsY * tapsX) as usize) * step;
      }
    }
    n += together;
  }
}
