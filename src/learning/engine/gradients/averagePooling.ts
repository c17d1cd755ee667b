/**
 * Corrects the gradient of average pooling with padding. The forward pass divides by the number of values inside a
 * window, but the stock gradient kernels divide by the size of the whole window; so the output's gradient is first
 * scaled by the ratio of the two.
 */
import {
  backend_util,
  engine,
  getBackend,
  mul,
  type NamedAttrMap,
  type Tensor,
  tensor,
} from "@tensorflow/tfjs-core";
import { replaceGradient } from "./replaceGradient.ts";

/** Windows along one axis. */
interface Axis {
  readonly size: number;
  readonly filter: number;
  readonly stride: number;
  readonly before: number;
  readonly windows: number;
}

/** Installs the gradients of AvgPool and AvgPool3D. */
export function installAveragePooling(): void {
  replaceGradient("AvgPool", { inputsToSave: ["x"] }, (dy, [x], attributes) => ({
    x: () => gradient("AvgPoolGrad", dy, x as Tensor, attributes, axesOfPictures),
  }));
  replaceGradient("AvgPool3D", { inputsToSave: ["x"] }, (dy, [x], attributes) => ({
    x: () => gradient("AvgPool3DGrad", dy, x as Tensor, attributes, axesOfVolumes),
  }));
}

function gradient(
  kernel: string,
  dy: Tensor,
  x: Tensor,
  attributes: NamedAttrMap,
  axesOf: (shape: number[], attributes: NamedAttrMap) => Axis[],
): Tensor {
  // TensorFlow's native kernel correctly divides by the number of values inside the window.
  const scale = getBackend() === "tensorflow" ? null : scaleOf(axesOf(x.shape, attributes));
  const inputs = { dy: scale ? mul(dy, scale) : dy, input: x };
  return engine().runKernel(kernel, inputs, attributes) as Tensor;
}

/**
 * Computes for each window its size divided by the number of values inside, `[1, …windows, 1]`; null if all windows lie
 * inside completely.
 */
function scaleOf(axes: readonly Axis[]): Tensor | null {
  const shares = axes.map(({ size, filter, stride, before, windows }) =>
    Array.from({ length: windows }, (_, window) => {
      const first = window * stride - before;
      const inside = Math.min(first + filter, size) - Math.max(first, 0);
      return inside > 0 ? filter / inside : 0;
    }),
  );
  if (shares.flat().every((share) => share === 1)) return null;
  const products = shares.reduce(
    (all, axis) => all.flatMap((left) => axis.map((right) => left * right)),
    [1],
  );
  return tensor(products, [1, ...axes.map(({ windows }) => windows), 1]);
}

function axesOfPictures(shape: number[], { filterSize, strides, pad }: NamedAttrMap): Axis[] {
  const g = backend_util.computePool2DInfo(
    shape as [number, number, number, number],
    filterSize as [number, number],
    strides as [number, number],
    1,
    pad as "same",
  );
  return [
    axis(g.inHeight, g.filterHeight, g.strideHeight, g.padInfo.top, g.outHeight),
    axis(g.inWidth, g.filterWidth, g.strideWidth, g.padInfo.left, g.outWidth),
  ];
}

function axesOfVolumes(shape: number[], attributes: NamedAttrMap): Axis[] {
  const { filterSize, strides, pad, dimRoundingMode } = attributes;
  const g = backend_util.computePool3DInfo(
    shape as [number, number, number, number, number],
    filterSize as [number, number, number],
    strides as [number, number, number],
    1,
    pad as "same",
    dimRoundingMode as "floor" | undefined,
  );
  return [
    axis(g.inDepth, g.filterDepth, g.strideDepth, g.padInfo.front, g.outDepth),
    axis(g.inHeight, g.filterHeight, g.strideHeight, g.padInfo.top, g.outHeight),
    axis(g.inWidth, g.filterWidth, g.strideWidth, g.padInfo.left, g.outWidth),
  ];
}

function axis(size: number, filter: number, stride: number, before: number, windows: number): Axis {
  return { size, filter, stride, before, windows };
}
