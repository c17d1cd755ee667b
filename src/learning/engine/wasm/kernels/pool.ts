/**
 * Computes MaxPoolGrad, MaxPool3D and MaxPool3DGrad. The stock kernels start the search for a window's maximum at the
 * smallest positive float, and so miss it if all values are negative: behind tanh, elu, or on inputs.
 */
import { backend_util, type TensorInfo, util } from "@tensorflow/tfjs-core";
import type { Host } from "../host.ts";
import type { UnaryInputs } from "./aliases.ts";

/** The attributes of pooling; numbers for a picture's two axes or a volume's three. */
interface PoolAttributes {
  readonly filterSize: number | number[];
  readonly strides: number | number[];
  readonly pad: "valid" | "same" | number;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

/** `dy` of the output's shape, `input` of the shape that was pooled. */
export interface PoolGradientInputs {
  readonly dy: TensorInfo;
  readonly input: TensorInfo;
}

/** Computes MaxPool3D: [batch, outDepth, outHeight, outWidth, channels]. */
export function maxPool3d(host: Host, { x }: UnaryInputs, attributes: PoolAttributes): TensorInfo {
  const { outShape, sizes } = volumeGeometry(x.shape, attributes);
  const out = host.output(outShape);
  host.compute.maxPool(host.address(x), host.address(out), ...sizes);
  return out;
}

/** Computes MaxPool3DGrad. @throws RangeError when dy is not of the pooling's output shape. */
export function maxPool3dGradient(
  host: Host,
  inputs: PoolGradientInputs,
  attributes: PoolAttributes,
): TensorInfo {
  return gradient("MaxPool3DGrad", host, inputs, volumeGeometry(inputs.input.shape, attributes));
}

/** Computes MaxPoolGrad. @throws RangeError when dy is not of the pooling's output shape. */
export function maxPoolGradient(
  host: Host,
  inputs: PoolGradientInputs,
  attributes: PoolAttributes,
): TensorInfo {
  return gradient("MaxPoolGrad", host, inputs, pictureGeometry(inputs.input.shape, attributes));
}

/** The output's shape, and the arguments of the module's functions that follow the addresses, in order. */
interface Geometry {
  readonly outShape: number[];
  readonly sizes: number[];
}

function gradient(kernel: string, host: Host, { dy, input }: PoolGradientInputs, g: Geometry): TensorInfo {
  if (!util.arraysEqual(dy.shape, g.outShape)) {
    throw new RangeError(
      `wasm backend ${kernel}: dy must have the pooling's output shape [${g.outShape}], got [${dy.shape}]; check strides and pad.`,
    );
  }
  const out = host.output([...input.shape]);
  host.compute.maxPoolGradient(host.address(input), host.address(dy), host.address(out), ...g.sizes);
  return out;
}

function volumeGeometry(shape: readonly number[], attributes: PoolAttributes): Geometry {
  const g = backend_util.computePool3DInfo(
    shape as [number, number, number, number, number],
    attributes.filterSize as [number, number, number],
    attributes.strides as [number, number, number],
    1,
    attributes.pad,
    attributes.dimRoundingMode,
  );
  const sizes = [
    ...[g.batchSize, g.inDepth, g.inHeight, g.inWidth, g.inChannels],
    ...[g.filterDepth, g.filterHeight, g.filterWidth, g.strideDepth, g.strideHeight, g.strideWidth],
    ...[g.padInfo.front, g.padInfo.top, g.padInfo.left, g.outDepth, g.outHeight, g.outWidth],
  ];
  return { outShape: g.outShape, sizes };
}

function pictureGeometry(shape: readonly number[], attributes: PoolAttributes): Geometry {
  const g = backend_util.computePool2DInfo(
    shape as [number, number, number, number],
    attributes.filterSize as [number, number],
    attributes.strides as [number, number],
    1,
    attributes.pad,
    attributes.dimRoundingMode,
  );
  const sizes = [
    ...[g.batchSize, 1, g.inHeight, g.inWidth, g.inChannels],
    ...[1, g.filterHeight, g.filterWidth, 1, g.strideHeight, g.strideWidth],
    ...[0, g.padInfo.top, g.padInfo.left, 1, g.outHeight, g.outWidth],
  ];
  return { outShape: g.outShape, sizes };
}
