/**
 * Depthwise convolution, forward only: outside our training path, here because the stock kernel has the faults
 * of the stock convolution. Plain loops over the taps inside the picture; not fast.
 */

/** `x` [batch, height, width, channels], `filter` [filterHeight, filterWidth, channels, multiplier]; `bias` 0 for none. */
export function depthwise(
  x: usize,
  filter: usize,
  bias: usize,
  out: usize,
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
    for (let y = 0; y < outHeight; y++) {
      for (let column = 0; column < outWidth; column++) {
        for (let channel = 0; channel < channels; channel++) {
          for (let m = 0; m < multiplier; m++) {
            const outChannel = channel * multiplier + m;
            let sum: f32 = 0;
            for (let tapY = 0; tapY < filterHeight; tapY++) {
              const fromY = y * strideHeight - padTop + tapY * dilationHeight;
              if (fromY < 0 || fromY >= height) continue;
              for (let tapX = 0; tapX < filterWidth; tapX++) {
                const fromX = column * strideWidth - padLeft + tapX * dilationWidth;
                if (fromX < 0 || fromX >= width) continue;
                const at = ((n * height + fromY) * width + fromX) * channels + channel;
                const tap = ((tapY * filterWidth + tapX) * channels + channel) * multiplier + m;
                sum += f32.load(x + ((at as usize) << 2)) * f32.load(filter + ((tap as usize) << 2));
              }
            }
            if (bias !== 0) sum += f32.load(bias + ((outChannel as usize) << 2));
            f32.store(out, sum);
            out += 4;
          }
        }
      }
    }
  }
}
