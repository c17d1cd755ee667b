/** Computes the shapes of a convolution in the order in which the module takes them. */
import { backend_util } from "@tensorflow/tfjs-core";

/** The sizes that tfjs computes from shapes, strides and padding. */
export type Geometry = backend_util.Conv2DInfo;

/** The attributes that the convolution kernels share. */
export interface ConvolutionAttributes {
  readonly strides: [number, number] | number;
  readonly pad: "valid" | "same" | number | backend_util.ExplicitPadding;
  readonly dataFormat?: "NHWC" | "NCHW";
  readonly dilations?: [number, number] | number;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

/**
 * Computes the geometry as every tfjs backend does. `depthwise` reads the filter as [height, width, channels,
 * multiplier].
 */
export function geometryOf(
  xShape: readonly number[],
  filterShape: readonly number[],
  attributes: ConvolutionAttributes,
  depthwise = false,
): Geometry {
  return backend_util.computeConv2DInfo(
    xShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    attributes.strides,
    attributes.dilations ?? 1,
    attributes.pad,
    attributes.dimRoundingMode,
    depthwise,
    backend_util.convertConv2DDataFormat(attributes.dataFormat ?? "NHWC"),
  );
}

/** @throws Error for pictures [batch, channels, height, width], which the stock kernel refuses too. */
export function refuseChannelsFirst(kernel: string, geometry: Geometry): void {
  if (geometry.dataFormat !== "channelsLast") {
    throw new Error(
      `wasm backend ${kernel} does not support dataFormat: got '${geometry.dataFormat}'. Please use NHWC.`,
    );
  }
}

/** @throws RangeError when a gradient's shape is not that of the convolution's output: it would read past its end. */
export function requireOutputShape(kernel: string, shape: readonly number[], geometry: Geometry): void {
  if (shape.length !== 4 || shape.some((size, axis) => size !== geometry.outShape[axis])) {
    throw new RangeError(
      `wasm backend ${kernel}: dy must have the convolution's output shape [${geometry.outShape}], got [${shape}]; check strides and pad.`,
    );
  }
}
