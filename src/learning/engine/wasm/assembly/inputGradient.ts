/**
 * Gradient of a convolution with respect to its pictures. For a stride s the input positions fall into s * s
 * phases; within one, the gradient is a correlation of stride 1 of `dy` with every s-th tap of the filter, in
 * reverse order. So no zero is ever inserted between the values of `dy`.
 */
import { correlateRows, correlateTiles } from "./correlate";
import { packColumnsAlong, packRows, STEP } from "./pack";
import { STAGE_BYTES, stageAt } from "./tile";

/** Bytes of scratch for the packed filter, as f64 because an i32 would wrap around for huge filters. */
export function inputGradientFilterBytes(
  channels: i32,
  filterHeight: i32,
  filterWidth: i32,
  outChannels: i32,
): f64 {
  return (((channels + 7) >> 3) as f64) * filterHeight * filterWidth * outChannels * STEP;
}

/** Bytes of scratch that each thread needs for its packed pictures, as f64 as well. */
export function inputGradientPictureBytes(outChannels: i32, outHeight: i32, outWidth: i32): f64 {
  return (outHeight as f64) * outWidth * outChannels * STEP + STAGE_BYTES;
}

/** Floor of `value / by` for values of either sign. */
function floorDivide(value: i32, by: i32): i32 {
  return value >= 0 ? value / by : -((by - 1 - value) / by);
}

/** How many of a filter's taps lie in one phase. */
function tapsIn(phase: i32, taps: i32, stride: i32): i32 {
  return max((taps - phase + stride - 1) / stride, 0);
}

/** One phase of an axis: its first position, how many positions it has, and its correlation's padding. */
let start: i32 = 0;
let count: i32 = 0;
let padding: i32 = 0;

function readPhase(phase: i32, taps: i32, stride: i32, pad: i32, size: i32): void {
  const shift = (phase - pad) % stride;
  start = shift < 0 ? shift + stride : shift;
  count = start < size ? (size - 1 - start) / stride + 1 : 0;
  padding = taps - 1 - floorDivide(start + pad, stride);
}

/**
 * Packs the panels (8 channels each) from `first` up to `last` of a filter, of every phase:
 * [phase y][phase x][panel][tap y][tap x][outChannels][8 channels].
 */
export function inputGradientFilter(
  filter: usize,
  packed: usize,
  channels: i32,
  filterHeight: i32,
  filterWidth: i32,
  outChannels: i32,
  strideHeight: i32,
  strideWidth: i32,
  first: i32,
  last: i32,
  _thread: i32,
): void {
  const panels = (channels + 7) >> 3;
  const tapBytes = ((channels * outChannels) as usize) << 2;
  const step = (outChannels as usize) * STEP;
  for (let phaseY = 0; phaseY < strideHeight; phaseY++) {
    const tapsY = tapsIn(phaseY, filterHeight, strideHeight);
    for (let phaseX = 0; phaseX < strideWidth; phaseX++) {
      const tapsX = tapsIn(phaseX, filterWidth, strideWidth);
      for (let panel = first; panel < last; panel++) {
        let to = packed + ((panel * tapsY * tapsX) as usize) * step;
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
      packed += ((panels * tapsY * tapsX) as usize) * step;
    }
  }
}

/**
 * Computes the blocks from `first` up to `last` of `dx` [batch, height, width, channels] from `dy`
 * [batch, outHeight, outWidth, outChannels]: of each quadruple of pictures, and of each picture that is left, `blocks`
 * blocks of rows. `packed` is the filter as {@link inputGradientFilter} leaves it; `own` is the scratch of the first
 * thread, aligned to 16, and the others' follow it, `ownBytes` each.
 */
export function inputGradient(
  dy: usize,
  packed: usize,
  dx: usize,
  own: usize,
  ownBytes: usize,
  blocks: i32,
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
  first: i32,
  last: i32,
  thread: i32,
): void {
  const panels = (channels + 7) >> 3;
  const dyPicture = ((outHeight * outWidth * outChannels) as usize) << 2;
  const xPixel = (channels as usize) << 2;
  const xLine = (width as usize) * xPixel;
  const xPicture = (height as usize) * xLine;
  const step = (outChannels as usize) * STEP;
  const quadruples = batch >> 2;
  const a = stageAt(own + (thread as usize) * ownBytes);
  let packedPictures = -1;
  for (let block = first; block < last; block++) {
    const group = block / blocks;
    const part = block % blocks;
    const whole = group < quadruples;
    const n = whole ? group * 4 : group + 3 * quadruples;
    const from = dy + (n as usize) * dyPicture;
    if (whole && packedPictures !== n) {
      packRows(from, dyPicture, 4, outHeight * outWidth * outChannels, a);
      packedPictures = n;
    }
    let b = packed;
    for (let phaseY = 0; phaseY < strideHeight; phaseY++) {
      const tapsY = tapsIn(phaseY, filterHeight, strideHeight);
      readPhase(phaseY, tapsY, strideHeight, padTop, height);
      const y0 = start;
      const padY = padding;
      const firstRow = (count * part) / blocks;
      const lastRow = (count * (part + 1)) / blocks;
      for (let phaseX = 0; phaseX < strideWidth; phaseX++) {
        const tapsX = tapsIn(phaseX, filterWidth, strideWidth);
        readPhase(phaseX, tapsX, strideWidth, padLeft, width);
        const out = dx + (n as usize) * xPicture + (y0 as usize) * xLine + (start as usize) * xPixel;
        if (whole) {
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
            padding,
            firstRow,
            lastRow,
            count,
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
            padding,
            firstRow,
            lastRow,
            count,
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
  }
}
