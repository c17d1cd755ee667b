/**
 * The two gradients of a convolution over volumes, in plain loops. The stock kernels read past their inputs, or
 * drop the last rows at strides of 2 and more. Values are [batch, depth, height, width, channels], the filter is
 * [filterDepth, filterHeight, filterWidth, channels, outChannels].
 */

function load(from: usize, at: i32): f32 {
  return f32.load(from + ((at as usize) << 2));
}

/** `dx` of the shape of the input: the sum over the windows that a value lies in. */
export function volumeInputGradient(
  dy: usize,
  filter: usize,
  dx: usize,
  batch: i32,
  depth: i32,
  height: i32,
  width: i32,
  channels: i32,
  filterDepth: i32,
  filterHeight: i32,
  filterWidth: i32,
  outChannels: i32,
  strideDepth: i32,
  strideHeight: i32,
  strideWidth: i32,
  front: i32,
  top: i32,
  left: i32,
  outDepth: i32,
  outHeight: i32,
  outWidth: i32,
): void {
  for (let n = 0; n < batch; n++) {
    for (let z = 0; z < depth; z++) {
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          for (let channel = 0; channel < channels; channel++) {
            let sum: f32 = 0;
            for (let tapZ = 0; tapZ < filterDepth; tapZ++) {
              const fromZ = z + front - tapZ;
              if (fromZ < 0 || fromZ % strideDepth !== 0 || fromZ >= outDepth * strideDepth) continue;
              for (let tapY = 0; tapY < filterHeight; tapY++) {
                const fromY = y + top - tapY;
                if (fromY < 0 || fromY % strideHeight !== 0 || fromY >= outHeight * strideHeight) continue;
                for (let tapX = 0; tapX < filterWidth; tapX++) {
                  const fromX = x + left - tapX;
                  if (fromX < 0 || fromX % strideWidth !== 0 || fromX >= outWidth * strideWidth) continue;
                  const out =
                    (((n * outDepth + fromZ / strideDepth) * outHeight + fromY / strideHeight) * outWidth +
                      fromX / strideWidth) *
                    outChannels;
                  const tap =
                    (((tapZ * filterHeight + tapY) * filterWidth + tapX) * channels + channel) * outChannels;
                  for (let i = 0; i < outChannels; i++) sum += load(dy, out + i) * load(filter, tap + i);
                }
              }
            }
            f32.store(dx, sum);
            dx += 4;
          }
        }
      }
    }
  }
}

/** `dw` of the filter's shape: each tap's sum over all windows, the first example's first. */
export function volumeFilterGradient(
  x: usize,
  dy: usize,
  dw: usize,
  batch: i32,
  depth: i32,
  height: i32,
  width: i32,
  channels: i32,
  filterDepth: i32,
  filterHeight: i32,
  filterWidth: i32,
  outChannels: i32,
  strideDepth: i32,
  strideHeight: i32,
  strideWidth: i32,
  front: i32,
  top: i32,
  left: i32,
  outDepth: i32,
  outHeight: i32,
  outWidth: i32,
): void {
  for (let tapZ = 0; tapZ < filterDepth; tapZ++) {
    for (let tapY = 0; tapY < filterHeight; tapY++) {
      for (let tapX = 0; tapX < filterWidth; tapX++) {
        for (let channel = 0; channel < channels; channel++) {
          for (let outChannel = 0; outChannel < outChannels; outChannel++) {
            let sum: f32 = 0;
            for (let n = 0; n < batch; n++) {
              for (let z = 0; z < outDepth; z++) {
                const fromZ = z * strideDepth - front + tapZ;
                if (fromZ < 0 || fromZ >= depth) continue;
                for (let y = 0; y < outHeight; y++) {
                  const fromY = y * strideHeight - top + tapY;
                  if (fromY < 0 || fromY >= height) continue;
                  for (let column = 0; column < outWidth; column++) {
                    const fromX = column * strideWidth - left + tapX;
                    if (fromX < 0 || fromX >= width) continue;
                    const at = (((n * depth + fromZ) * height + fromY) * width + fromX) * channels + channel;
                    const out =
                      (((n * outDepth + z) * outHeight + y) * outWidth + column) * outChannels + outChannel;
                    sum += load(x, at) * load(dy, out);
                  }
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
}
