/**
 * The two gradients of a depthwise convolution, which the stock backend lacks. Pictures are [batch, height, width,
 * channels], the filter is [filterHeight, filterWidth, channels, multiplier]. Plain loops over the taps inside.
 */

function load(from: usize, at: i32): f32 {
  return f32.load(from + ((at as usize) << 2));
}

/** `dx` of the shape of the input: the sum over the windows that a value lies in. */
export function depthwiseInputGradient(
  dy: usize,
  filter: usize,
  dx: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  multiplier: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  dilationHeight: i32,
  dilationWidth: i32,
  padTop: i32,
  padLeft: i32,
  outHeight: i32,
  outWidth: i32,
): void {
  for (let n = 0; n < batch; n++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let channel = 0; channel < channels; channel++) {
          let sum: f32 = 0;
          for (let tapY = 0; tapY < filterHeight; tapY++) {
            const fromY = y + padTop - tapY * dilationHeight;
            if (fromY < 0 || fromY % strideHeight !== 0 || fromY >= outHeight * strideHeight) continue;
            for (let tapX = 0; tapX < filterWidth; tapX++) {
              const fromX = x + padLeft - tapX * dilationWidth;
              if (fromX < 0 || fromX % strideWidth !== 0 || fromX >= outWidth * strideWidth) continue;
              const window = (n * outHeight + fromY / strideHeight) * outWidth + fromX / strideWidth;
              const out = (window * channels + channel) * multiplier;
              const tap = ((tapY * filterWidth + tapX) * channels + channel) * multiplier;
              for (let m = 0; m < multiplier; m++) sum += load(dy, out + m) * load(filter, tap + m);
            }
          }
          f32.store(dx, sum);
          dx += 4;
        }
      }
    }
  }
}

/** `dw` of the filter's shape: each tap's sum over all windows. */
export function depthwiseFilterGradient(
  x: usize,
  dy: usize,
  dw: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  multiplier: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  dilationHeight: i32,
  dilationWidth: i32,
  padTop: i32,
  padLeft: i32,
  outHeight: i32,
  outWidth: i32,
): void {
  for (let tapY = 0; tapY < filterHeight; tapY++) {
    for (let tapX = 0; tapX < filterWidth; tapX++) {
      for (let channel = 0; channel < channels; channel++) {
        for (let m = 0; m < multiplier; m++) {
          let sum: f32 = 0;
          for (let n = 0; n < batch; n++) {
            for (let y = 0; y < outHeight; y++) {
              const fromY = y * strideHeight - padTop + tapY * dilationHeight;
              if (fromY < 0 || fromY >= height) continue;
              for (let column = 0; column < outWidth; column++) {
                const fromX = column * strideWidth - padLeft + tapX * dilationWidth;
                if (fromX < 0 || fromX >= width) continue;
                const at = ((n * height + fromY) * width + fromX) * channels + channel;
                const out = (((n * outHeight + y) * outWidth + column) * channels + channel) * multiplier + m;
                sum += load(x, at) * load(dy, out);
              }
            }
          }
          f32.store(dw, sum);
          dw += 4;
        }
      }
    }
  }
}
