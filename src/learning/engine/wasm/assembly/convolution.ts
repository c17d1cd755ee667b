/**
 * 2-D convolution of pictures [batch, height, width, channels] with a filter
 * [filterHeight, filterWidth, channels, outChannels], bias and activation included.
 *
 * Four pictures of the batch make the four rows of a tile, at the same output position: so they share the
 * taps that fall outside. What is left of the batch goes row by row.
 */
import { correlateRows, correlateTiles } from "./correlate";
import { packBias, packColumns, packRows, STEP } from "./pack";
import { STAGE_BYTES, stageAt } from "./tile";

/** Width of a packed line in pixels: each dilation phase is padded to the same length. */
function packedWidth(width: i32, dilationWidth: i32): i32 {
  return ((width + dilationWidth - 1) / dilationWidth) * dilationWidth;
}

/** Bytes of scratch that `convolution` needs, as f64 because an i32 would wrap around for huge pictures. */
export function convolutionScratch(
  height: i32,
  width: i32,
  channels: i32,
  filterHeight: i32,
  filterWidth: i32,
  outChannels: i32,
  dilationWidth: i32,
): f64 {
  const panels = (outChannels + 7) >> 3;
  const rows = (height as f64) * packedWidth(width, dilationWidth) * channels;
  const filter = (panels as f64) * filterHeight * filterWidth * channels;
  return (rows + filter + panels) * STEP + STAGE_BYTES;
}

/** `bias` is 0 for none; `scratch` is aligned to 16. */
export function convolution(
  x: usize,
  filter: usize,
  bias: usize,
  out: usize,
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
  dilationHeight: i32,
  dilationWidth: i32,
  padTop: i32,
  padLeft: i32,
  outHeight: i32,
  outWidth: i32,
  activation: i32,
  alpha: f32,
): void {
  const depth = filterHeight * filterWidth * channels;
  const panels = (outChannels + 7) >> 3;
  const panelBytes = (depth as usize) * STEP;
  const b = stageAt(scratch);
  for (let panel = 0; panel < panels; panel++) {
    packColumns(
      filter + ((panel as usize) << 5),
      (outChannels as usize) << 2,
      outChannels - panel * 8,
      depth,
      b + (panel as usize) * panelBytes,
    );
  }
  let paddedBias: usize = 0;
  if (bias !== 0) {
    paddedBias = b + (panels as usize) * panelBytes;
    packBias(bias, outChannels, paddedBias);
  }
  const a = b + (panels as usize) * (panelBytes + STEP);
  const outX = (outChannels as usize) << 2;
  const outY = (outWidth as usize) * outX;
  const outPicture = (outHeight as usize) * outY;
  const picture = ((height * width * channels) as usize) << 2;
  const perPhase = (width + dilationWidth - 1) / dilationWidth;
  let n = 0;
  for (; n + 4 <= batch; n += 4) {
    const from = x + (n as usize) * picture;
    if (dilationWidth === 1) {
      packRows(from, picture, 4, height * width * channels, a);
    } else {
      for (let y = 0; y < height; y++) {
        for (let column = 0; column < width; column++) {
          const to = (y * dilationWidth + (column % dilationWidth)) * perPhase + column / dilationWidth;
          packRows(
            from + (((y * width + column) * channels) << 2),
            picture,
            4,
            channels,
            a + ((to * channels) as usize) * STEP,
          );
        }
      }
    }
    correlateTiles(
      a,
      height,
      width,
      channels,
      b,
      filterHeight,
      filterWidth,
      strideHeight,
      strideWidth,
      dilationHeight,
      dilationWidth,
      padTop,
      padLeft,
      outHeight,
      outWidth,
      out + (n as usize) * outPicture,
      outY,
      outX,
      outPicture,
      4,
      outChannels,
      paddedBias,
      activation,
      alpha,
    );
  }
  for (; n < batch; n++) {
    correlateRows(
      x + (n as usize) * picture,
      height,
      width,
      channels,
      b,
      filterHeight,
      filterWidth,
      strideHeight,
      strideWidth,
      dilationHeight,
      dilationWidth,
      padTop,
      padLeft,
      outHeight,
      outWidth,
      out + (n as usize) * outPicture,
      outY,
      outX,
      outChannels,
      paddedBias,
      activation,
      alpha,
    );
  }
}
