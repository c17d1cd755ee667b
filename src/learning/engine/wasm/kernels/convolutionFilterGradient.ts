/** Computes Conv2DBackpropFilter, which the stock backend lacks. */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Host } from "../host.ts";
import { withChannelsLast } from "./channelsFirst.ts";
import { type ConvolutionAttributes, geometryOf, requireOutputShape } from "./geometry.ts";

/** `x` [batch, height, width, channels], `dy` [batch, outHeight, outWidth, outChannels]. */
export interface FilterGradientInputs {
  readonly x: TensorInfo;
  readonly dy: TensorInfo;
}

/** The convolution's attributes, and the shape of the result. */
export interface FilterGradientAttributes extends ConvolutionAttributes {
  readonly filterShape: readonly [number, number, number, number];
}

/** @throws RangeError when dy is not of the convolution's output shape. */
export function convolutionFilterGradient(
  host: Host,
  inputs: FilterGradientInputs,
  attributes: FilterGradientAttributes,
): TensorInfo {
  if (attributes.dataFormat === "NCHW") {
    return withChannelsLast(host, [inputs.x, inputs.dy], ([x, dy]) =>
      convolutionFilterGradient(host, { x, dy }, { ...attributes, dataFormat: "NHWC" }),
    );
  }
  const { x, dy } = inputs;
  // As in every tfjs backend, the gradients assume a dilation of 1: tf.conv2d refuses to differentiate a dilated
  // convolution.
  const g = geometryOf(x.shape, attributes.filterShape, { ...attributes, dilations: 1 });
  requireOutputShape("Conv2DBackpropFilter", dy.shape, g);
  const { compute } = host;
  const scratch = host.scratch(
    compute.filterGradientScratch(
      g.batchSize,
      g.inHeight,
      g.inWidth,
      g.inChannels,
      g.outChannels,
      g.strideWidth,
      g.outHeight,
      g.outWidth,
    ),
  );
  const out = host.output(g.filterShape);
  compute.filterGradient(
    host.address(x),
    host.address(dy),
    host.address(out),
    scratch,
    g.batchSize,
    g.inHeight,
    g.inWidth,
    g.inChannels,
    g.filterHeight,
    g.filterWidth,
    g.outChannels,
    g.strideHeight,
    g.strideWidth,
    g.padInfo.top,
    g.padInfo.left,
    g.outHeight,
    g.outWidth,
  );
  return out;
}
