/**
 * Computes DepthwiseConv2dNativeBackpropFilter and DepthwiseConv2dNativeBackpropInput, which the stock backend lacks.
 */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Host } from "../host.ts";
import type { FilterGradientInputs } from "./convolutionFilterGradient.ts";
import type { InputGradientInputs } from "./convolutionInputGradient.ts";
import {
  type ConvolutionAttributes,
  geometryOf,
  refuseChannelsFirst,
  requireOutputShape,
} from "./geometry.ts";

/** @throws RangeError when dy is not of the convolution's output shape. */
export function depthwiseFilterGradient(
  host: Host,
  { x, dy }: FilterGradientInputs,
  attributes: ConvolutionAttributes & { readonly filterShape: number[] },
): TensorInfo {
  const { filterShape } = attributes;
  const sizes = sizesOf("DepthwiseConv2dNativeBackpropFilter", x.shape, filterShape, dy, attributes);
  const out = host.output([...filterShape]);
  host.compute.depthwiseFilterGradient(host.address(x), host.address(dy), host.address(out), ...sizes);
  return out;
}

/** @throws RangeError when dy is not of the convolution's output shape. */
export function depthwiseInputGradient(
  host: Host,
  { dy, filter }: InputGradientInputs,
  attributes: ConvolutionAttributes & { readonly inputShape: number[] },
): TensorInfo {
  const { inputShape } = attributes;
  const sizes = sizesOf("DepthwiseConv2dNativeBackpropInput", inputShape, filter.shape, dy, attributes);
  const out = host.output([...inputShape]);
  host.compute.depthwiseInputGradient(host.address(dy), host.address(filter), host.address(out), ...sizes);
  return out;
}

/** Returns the arguments of both of the module's functions that follow the addresses, in order. */
function sizesOf(
  kernel: string,
  xShape: readonly number[],
  filterShape: readonly number[],
  dy: TensorInfo,
  attributes: ConvolutionAttributes,
): number[] {
  const g = geometryOf(xShape, filterShape, attributes, true);
  refuseChannelsFirst(kernel, g);
  requireOutputShape(kernel, dy.shape, g);
  return [
    ...[g.batchSize, g.inHeight, g.inWidth, g.inChannels, g.outChannels / g.inChannels],
    ...[g.filterHeight, g.filterWidth, g.strideHeight, g.strideWidth],
    ...[g.dilationHeight, g.dilationWidth, g.padInfo.top, g.padInfo.left, g.outHeight, g.outWidth],
  ];
}
