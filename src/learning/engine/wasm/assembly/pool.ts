/**
 * Maximum pooling over windows of a volume, and its gradient; a picture is a volume of depth 1. Values are
 * [batch, depth, height, width, channels]. The windows begin at `front`, `top` and `left` before the volume.
 *
 * The largest value of a window is sought from its first value on, not from a constant: the stock kernels begin at
 * the smallest positive float and find no maximum where all values are negative.
 */

/** Where a window begins and ends on one axis, cut to the values inside. */
function from(corner: i32): i32 {
  return max(corner, 0);
}

function to(corner: i32, filter: i32, size: i32): i32 {
  return min(corner + filter, size);
}

/** The address of a window's largest value; of several the last one, as the stock kernels choose. 0 for an empty window. */
function largest(
  x: usize,
  channels: i32,
  height: i32,
  width: i32,
  fromZ: i32,
  toZ: i32,
  fromY: i32,
  toY: i32,
  fromX: i32,
  toX: i32,
): usize {
  let found: usize = 0;
  let most: f32 = 0;
  for (let z = fromZ; z < toZ; z++) {
    for (let y = fromY; y < toY; y++) {
      let at = x + ((((z * height + y) * width + fromX) * channels) << 2);
      for (let column = fromX; column < toX; column++) {
        const value = f32.load(at);
        // As TensorFlow.js has it: NaN is passed over, but for a window of nothing else.
        if (found === 0 || value >= most || F32.isNaN(most)) {
          most = value;
          found = at;
        }
        at += (channels as usize) << 2;
      }
    }
  }
  return found;
}

/** `out` [batch, outDepth, outHeight, outWidth, channels]: the largest value of each window. */
export function maxPool(
  x: usize,
  out: usize,
  batch: i32,
  depth: i32,
  height: i32,
  width: i32,
  channels: i32,
  filterDepth: i32,
  filterHeight: i32,
  filterWidth: i32,
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
    const volume = x + ((n * depth * height * width * channels) << 2);
    for (let z = 0; z < outDepth; z++) {
      const cornerZ = z * strideDepth - front;
      for (let y = 0; y < outHeight; y++) {
        const cornerY = y * strideHeight - top;
        for (let column = 0; column < outWidth; column++) {
          const cornerX = column * strideWidth - left;
          for (let channel = 0; channel < channels; channel++) {
            const at = largest(
              volume + (channel << 2),
              channels,
              height,
              width,
              from(cornerZ),
              to(cornerZ, filterDepth, depth),
              from(cornerY),
              to(cornerY, filterHeight, height),
              from(cornerX),
              to(cornerX, filterWidth, width),
            );
            // An empty window lies in the padding, whose values are below all others.
            f32.store(out, at === 0 ? -Infinity : f32.load(at));
            out += 4;
          }
        }
      }
    }
  }
}

/** `dx` of the shape of `x`: each value of `dy` goes to the place of its window's largest value, the rest is 0. */
export function maxPoolGradient(
  x: usize,
  dy: usize,
  dx: usize,
  batch: i32,
  depth: i32,
  height: i32,
  width: i32,
  channels: i32,
  filterDepth: i32,
  filterHeight: i32,
  filterWidth: i32,
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
  const size = batch * depth * height * width * channels;
  for (let i = 0; i < size; i++) f32.store(dx + (i << 2), 0);
  for (let n = 0; n < batch; n++) {
    const volume = x + ((n * depth * height * width * channels) << 2);
    for (let z = 0; z < outDepth; z++) {
      const cornerZ = z * strideDepth - front;
      for (let y = 0; y < outHeight; y++) {
        const cornerY = y * strideHeight - top;
        for (let column = 0; column < outWidth; column++) {
          const cornerX = column * strideWidth - left;
          for (let channel = 0; channel < channels; channel++) {
            const at = largest(
              volume + (channel << 2),
              channels,
              height,
              width,
              from(cornerZ),
              to(cornerZ, filterDepth, depth),
              from(cornerY),
              to(cornerY, filterHeight, height),
              from(cornerX),
              to(cornerX, filterWidth, width),
            );
            if (at !== 0) {
              const target = dx + (at - x);
              f32.store(target, f32.load(target) + f32.load(dy));
            }
            dy += 4;
          }
        }
      }
    }
  }
}
