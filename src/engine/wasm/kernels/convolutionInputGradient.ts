/** Conv2DBackpropInput, a naive loop in the stock backend; also the forward pass of conv2dTranspose. */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Host } from "../host.ts";
import type { Outputs, Stock } from "../kernel.ts";
import { type ConvolutionAttributes, geometryOf, requireOutputShape } from "./geometry.ts";

/** `dy` [batch, outHeight, outWidth, outChannels], `filter` [filterHeight, filterWidth, channels, outChannels]. */
export interface InputGradientInputs {
  readonly dy: TensorInfo;
  readonly filter: TensorInfo;
}

/** The convolution's attributes, and the shape of the result. */
export interface InputGradientAttributes extends ConvolutionAttributes {
  readonly inputShape: readonly [number, number, number, number];
}

/** @throws RangeError when dy is not of the convolution's output shape. */
export function convolutionInputGradient(
  host: Host,
  inputs: InputGradientInputs,
  attributes: InputGradientAttributes,
  stock: Stock<InputGradientInputs, InputGradientAttributes>,
): Outputs {
  const { dy, filter } = inputs;
  const g = geometryOf(attributes.inputShape, filter.shape, { ...attributes, dilations: 1 });
  requireOutputShape("Conv2DBackpropInput", dy.shape, g);
  if (g.dataFormat !== "channelsLast") return stock(inputs, attributes);
  const { compute } = host;
  const scratch = host.scratch(
    compute.inputGradientScratch(
      g.inChannels,
      g.filterHeight,
      g.filterWidth,
      g.outChannels,
      g.outHeight,
      g.outWidth,
    ),
  );
  const out = host.output(g.inShape);
  compute.inputGradient(
    host.address(dy),
    host.address(filter),
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
