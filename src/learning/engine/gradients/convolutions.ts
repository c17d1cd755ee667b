/**
 * Adds the gradients of dilated convolutions and of conv3dTranspose, which TensorFlow.js lacks. A dilated convolution
 * equals one with a larger filter that has zeros between its taps.
 */
import {
  conv3d,
  engine,
  type NamedAttrMap,
  pad,
  reshape,
  slice,
  type Tensor,
  util,
} from "@tensorflow/tfjs-core";
import { type Gradient, mendGradient, replaceGradient } from "./replaceGradient.ts";

/** Installs the gradients of Conv2D, DepthwiseConv2dNative, Conv3D and Conv3DBackpropInputV2. */
export function installConvolutions(): void {
  for (const kernel of ["Conv2D", "DepthwiseConv2dNative", "Conv3D"]) {
    mendGradient(kernel, (stock) => (dy, saved, attributes) => {
      const rates = ratesOf(attributes, (saved[1] as Tensor).rank - 2);
      return rates.every((rate) => rate === 1)
        ? stock(dy, saved, attributes)
        : dilated(stock, dy, saved, attributes, rates);
    });
  }
  replaceGradient("Conv3DBackpropInputV2", { inputsToSave: ["dy", "filter"] }, (ddx, saved, attributes) => {
    const [dy, filter] = saved as [Tensor, Tensor];
    const { strides, pad: padding } = attributes as { strides: [number, number, number]; pad: "same" };
    const shape = { strides, pad: padding, filterShape: filter.shape };
    return {
      dy: () =>
        conv3d(ddx as Parameters<typeof conv3d>[0], filter as Parameters<typeof conv3d>[1], strides, padding),
      filter: () => engine().runKernel("Conv3DBackpropFilterV2", { x: ddx, dy }, shape) as Tensor,
    };
  });
}

/** Returns the dilation rate on each of the filter's axes. */
function ratesOf({ dilations }: NamedAttrMap, axes: number): number[] {
  if (Array.isArray(dilations)) return dilations as number[];
  return Array.from({ length: axes }, () => (dilations as number | null | undefined) ?? 1);
}

function dilated(stock: Gradient, dy: Tensor, saved: Tensor[], attributes: NamedAttrMap, rates: number[]) {
  const [x, filter] = saved as [Tensor, Tensor];
  const spread = rates.reduce((taps, rate, axis) => apart(taps, axis, rate), filter);
  const gradients = stock(dy, [x, spread], { ...attributes, dilations: rates.map(() => 1) });
  const { x: ofInput, filter: ofFilter } = gradients as { x: () => Tensor; filter: () => Tensor };
  return {
    x: ofInput,
    filter: () => rates.reduce((taps, rate, axis) => together(taps, axis, rate), ofFilter()),
  };
}

/** Puts `rate - 1` zeros between the entries along an axis. */
function apart(x: Tensor, axis: number, rate: number): Tensor {
  if (rate === 1) return x;
  const { before, size, after } = around(x.shape, axis);
  const entries = reshape(x, [before * size, 1, after]);
  const padded = reshape(
    pad(entries, [
      [0, 0],
      [0, rate - 1],
      [0, 0],
    ]),
    [before, size * rate, after],
  );
  const length = (size - 1) * rate + 1;
  const shape = x.shape.with(axis, length);
  return reshape(slice(padded, [0, 0, 0], [before, length, after]), shape);
}

/** Takes every `rate`-th entry along an axis, which reverses {@link apart}. */
function together(x: Tensor, axis: number, rate: number): Tensor {
  if (rate === 1) return x;
  const { before, size, after } = around(x.shape, axis);
  const count = (size - 1) / rate + 1;
  const padded = pad(reshape(x, [before, size, after]), [
    [0, 0],
    [0, rate - 1],
    [0, 0],
  ]);
  const entries = slice(
    reshape(padded, [before * count, rate, after]),
    [0, 0, 0],
    [before * count, 1, after],
  );
  return reshape(entries, x.shape.with(axis, count));
}

function around(shape: number[], axis: number) {
  return {
    before: util.sizeFromShape(shape.slice(0, axis)),
    size: shape[axis] as number,
    after: util.sizeFromShape(shape.slice(axis + 1)),
  };
}
