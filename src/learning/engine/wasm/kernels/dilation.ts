/**
 * Computes Dilation2D and its two gradients in plain loops. The stock kernels start the search for the maximum at the
 * smallest positive float, and so miss it if all sums are negative. Pictures are [batch, height, width, channels],
 * filters [height, width, channels].
 */
import { backend_util, type TensorInfo } from "@tensorflow/tfjs-core";
import type { Host } from "../host.ts";

/** Inputs of the kernels; only the gradients have `dy`. */
export interface DilationInputs {
  readonly x: TensorInfo;
  readonly filter: TensorInfo;
  readonly dy: TensorInfo;
}

interface DilationAttributes {
  readonly strides: [number, number] | number;
  readonly pad: "same" | "valid";
  readonly dilations: [number, number] | number;
}

type Geometry = ReturnType<typeof backend_util.computeDilation2DInfo>;

function geometryOf({ x, filter }: Omit<DilationInputs, "dy">, attributes: DilationAttributes): Geometry {
  const { strides, pad, dilations } = attributes;
  const shapes = [x.shape, filter.shape] as [[number, number, number, number], [number, number, number]];
  return backend_util.computeDilation2DInfo(...shapes, strides, pad, "NHWC", dilations);
}

/** Calls `visit` for each output with its index and where its largest sum lies in `x` and in the filter. */
function eachMaximum(
  g: Geometry,
  x: ArrayLike<number>,
  filter: ArrayLike<number>,
  visit: (out: number, atX: number, atFilter: number) => void,
): void {
  const { inHeight, inWidth, inChannels: channels } = g;
  for (let out = 0; out < g.batchSize * g.outHeight * g.outWidth * channels; out++) {
    const channel = out % channels;
    const window = Math.floor(out / channels);
    const left = (window % g.outWidth) * g.strideWidth - g.padInfo.left;
    const row = Math.floor(window / g.outWidth);
    const top = (row % g.outHeight) * g.strideHeight - g.padInfo.top;
    const picture = Math.floor(row / g.outHeight);
    let [atX, atFilter, most] = [-1, -1, 0];
    for (let tap = 0; tap < g.filterHeight * g.filterWidth; tap++) {
      const y = top + Math.floor(tap / g.filterWidth) * g.dilationHeight;
      const column = left + (tap % g.filterWidth) * g.dilationWidth;
      if (y < 0 || y >= inHeight || column < 0 || column >= inWidth) continue;
      const from = ((picture * inHeight + y) * inWidth + column) * channels + channel;
      const sum = (x[from] as number) + (filter[tap * channels + channel] as number);
      if (atX < 0 || sum > most) [atX, atFilter, most] = [from, tap * channels + channel, sum];
    }
    if (atX >= 0) visit(out, atX, atFilter);
  }
}

/** Computes the largest sum of picture and filter in each window. */
export function dilation(
  host: Host,
  inputs: Omit<DilationInputs, "dy">,
  attributes: DilationAttributes,
): TensorInfo {
  const g = geometryOf(inputs, attributes);
  const out = host.output(g.outShape);
  const [x, filter, values] = viewsOf(host, inputs.x, inputs.filter, out);
  values.fill(Number.NEGATIVE_INFINITY);
  eachMaximum(g, x, filter, (at, atX, atFilter) => {
    values[at] = (x[atX] as number) + (filter[atFilter] as number);
  });
  return out;
}

/** Computes the gradient of the picture: each output's gradient goes to the place of its maximum. */
export function dilationInputGradient(
  host: Host,
  inputs: DilationInputs,
  attributes: DilationAttributes,
): TensorInfo {
  return gradient(host, inputs, attributes, inputs.x.shape, (atX) => atX);
}

/** Computes the gradient of the filter: each output's gradient goes to the tap that gave its maximum. */
export function dilationFilterGradient(
  host: Host,
  inputs: DilationInputs,
  attributes: DilationAttributes,
): TensorInfo {
  return gradient(host, inputs, attributes, inputs.filter.shape, (_atX, atFilter) => atFilter);
}

function gradient(
  host: Host,
  inputs: DilationInputs,
  attributes: DilationAttributes,
  shape: number[],
  target: (atX: number, atFilter: number) => number,
): TensorInfo {
  const out = host.output([...shape]);
  const [x, filter, sums, dy] = viewsOf(host, inputs.x, inputs.filter, out, inputs.dy);
  sums.fill(0);
  eachMaximum(geometryOf(inputs, attributes), x, filter, (at, atX, atFilter) => {
    const place = target(atX, atFilter);
    sums[place] = (sums[place] as number) + (dy[at] as number);
  });
  return out;
}

type View = Float32Array | Int32Array | Uint8Array;

/** Creates views of the memory. An allocation may move the memory, so the views are created after the last one. */
function viewsOf(host: Host, ...tensors: TensorInfo[]): [View, View, View, View] {
  return tensors.map((tensor) => host.backend.typedArrayFromHeap(tensor)) as [View, View, View, View];
}
