/**
 * 2-D convolution of pictures [batch, height, width, channels] with a filter
 * [filterHeight, filterWidth, channels, outChannels], bias and activation included.
 *
 * Four pictures of the batch make the four rows of a tile, at the same output position: so they share the
 * taps that fall outside. What is left of the batch goes row by row. Threads share out the quadruples of pictures, and
 * where these are few, blocks of their output rows.
 */
import { correlateRows, correlateTiles } from "./correlate";
import { packBias, packColumns, packRows, STEP } from "./pack";
import { STAGE_BYTES, stageAt } from "./tile";

/** Width of a packed line in pixels: each dilation phase is padded to the same length. */
function packedWidth(width: i32, dilationWidth: i32): i32 {
  return ((width + dilationWidth - 1) / dilationWidth) * dilationWidth;
}

/** Bytes of scratch for the packed filter and bias, as f64 because an i32 would wrap around for huge filters. */
export function convolutionFilterBytes(
  channels: i32,
  filterHeight: i32,
  filterWidth: i32,
  outChannels: i32,
): f64 {
  const panels = (outChannels + 7) >> 3;
  return ((panels as f64) * filterHeight * filterWidth * channels + panels) * STEP;
}

/** Bytes of scratch that each thread needs for its packed pictures, as f64 as well. */
export function convolutionPictureBytes(height: i32, width: i32, channels: i32, dilationWidth: i32): f64 {
  return (height as f64) * packedWidth(width, dilationWidth) * channels * STEP + STAGE_BYTES;
}

/**
 * Packs the panels (8 output channels each) from `first` up to `last` of a filter, and of its bias (0 for none), which
 * lies behind all panels.
 */
export function convolutionFilter(
  filter: usize,
  bias: usize,
  packed: usize,
  depth: i32,
  outChannels: i32,
  first: i32,
  last: i32,
  _thread: i32,
): void {
  const panels = (outChannels + 7) >> 3;
  const panelBytes = (depth as usize) * STEP;
  const packedBias = packed + (panels as usize) * panelBytes;
  for (let panel = first; panel < last; panel++) {
    const left = outChannels - panel * 8;
    const at = (panel as usize) << 5;
    packColumns(
      filter + at,
      (outChannels as usize) << 2,
      left,
      depth,
      packed + (panel as usize) * panelBytes,
    );
    if (bias !== 0) packBias(bias + at, min(left, 8), packedBias + at);
  }
}

/**
 * Convolves the blocks from `first` up to `last`: of each quadruple of pictures, and of each picture that is left,
 * `blocks` blocks of output rows. `packed` is the filter as {@link convolutionFilter} leaves it; `own` is the scratch of
 * the first thread, aligned to 16, and the others' follow it, `ownBytes` each.
 */
export function convolution(
  x: usize,
  packed: usize,
  hasBias: i32,
  out: usize,
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
  dilationHeight: i32,
  dilationWidth: i32,
  padTop: i32,
  padLeft: i32,
  outHeight: i32,
  outWidth: i32,
  activation: i32,
  alpha: f32,
  first: i32,
  last: i32,
  thread: i32,
): void {
  const panelBytes = ((filterHeight * filterWidth * channels) as usize) * STEP;
  const packedBias: usize = hasBias ? packed + (((outChannels + 7) >> 3) as usize) * panelBytes : 0;
  const a = stageAt(own + (thread as usize) * ownBytes);
  const outX = (outChannels as usize) << 2;
  const outY = (outWidth as usize) * outX;
  const outPicture = (outHeight as usize) * outY;
  const picture = ((height * width * channels) as usize) << 2;
  const line = (packedWidth(width, dilationWidth) * channels) as usize;
  const quadruples = batch >> 2;
  for (let block = first; block < last; block++) {
    const group = block / blocks;
    const firstRow = (outHeight * (block % blocks)) / blocks;
    const lastRow = (outHeight * ((block % blocks) + 1)) / blocks;
    if (group >= quadruples) {
      const n = (group + 3 * quadruples) as usize;
      correlateRows(
        x + n * picture,
        height,
        width,
        channels,
        packed,
        filterHeight,
        filterWidth,
        strideHeight,
        strideWidth,
        dilationHeight,
        dilationWidth,
        padTop,
        padLeft,
        firstRow,
        lastRow,
        outWidth,
        out + n * outPicture,
        outY,
        outX,
        outChannels,
        packedBias,
        activation,
        alpha,
      );
      continue;
    }
    const n = (group * 4) as usize;
    // The lines of the pictures that the block's taps lie on.
    const top = min(max(firstRow * strideHeight - padTop, 0), height);
    const reach = (lastRow - 1) * strideHeight - padTop + (filterHeight - 1) * dilationHeight + 1;
    const lines = max(min(reach, height) - top, 0);
    packLines(x + n * picture, picture, top, lines, width, channels, dilationWidth, a);
    correlateTiles(
      a - (top as usize) * line * STEP,
      height,
      width,
      channels,
      packed,
      filterHeight,
      filterWidth,
      strideHeight,
      strideWidth,
      dilationHeight,
      dilationWidth,
      padTop,
      padLeft,
      firstRow,
      lastRow,
      outWidth,
      out + n * outPicture,
      outY,
      outX,
      outPicture,
      4,
      outChannels,
      packedBias,
      activation,
      alpha,
    );
  }
}

/** Packs `lines` lines of four pictures from line `top` on, the columns sorted by their dilation phase. */
function packLines(
  x: usize,
  picture: usize,
  top: i32,
  lines: i32,
  width: i32,
  channels: i32,
  dilationWidth: i32,
  to: usize,
): void {
  const from = x + (((top * width * channels) as usize) << 2);
  if (dilationWidth === 1) {
    packRows(from, picture, 4, lines * width * channels, to);
    return;
  }
  const perPhase = (width + dilationWidth - 1) / dilationWidth;
  for (let y = 0; y < lines; y++) {
    for (let column = 0; column < width; column++) {
      const at = (y * dilationWidth + (column % dilationWidth)) * perPhase + column / dilationWidth;
      packRows(
        from + (((y * width + column) * channels) << 2),
        picture,
        4,
        channels,
        to + ((at * channels) as usize) * STEP,
      );
    }
  }
}
