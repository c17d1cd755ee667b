/**
 * Computes DepthwiseConv2dNative and FusedDepthwiseConv2D, forward only, correctly where the stock kernels are wrong.
 */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { MOVE, unitsOf } from "../blocks.ts";
import type { Host } from "../host.ts";
import { type Activation, addBias, applyActivation, fusedCode, isPerColumn } from "./activations.ts";
import type { ConvolutionInputs } from "./convolution.ts";
import { type ConvolutionAttributes, geometryOf, refuseChannelsFirst } from "./geometry.ts";

/** @throws Error for channels first, for a bias that does not broadcast, and for an unknown activation. */
export function depthwise(
  host: Host,
  { x, filter, bias, preluActivationWeights }: ConvolutionInputs,
  attributes: ConvolutionAttributes & Partial<Activation>,
): TensorInfo {
  const g = geometryOf(x.shape, filter.shape, attributes, true);
  refuseChannelsFirst("DepthwiseConv2D", g);
  if (bias && !isPerColumn(bias, g.outChannels)) {
    const sum = addBias(host, depthwise(host, { x, filter }, { ...attributes, activation: "linear" }), bias);
    return applyActivation(host, sum, attributes, preluActivationWeights);
  }
  const code = fusedCode(attributes.activation);
  const out = host.output(g.outShape);
  host.compute.depthwise(
    host.address(x),
    host.address(filter),
    bias ? host.address(bias) : 0,
    host.address(out),
    g.batchSize,
    g.inHeight,
    g.inWidth,
    g.inChannels,
    g.outChannels / g.inChannels,
    g.filterHeight,
    g.filterWidth,
    g.strideHeight,
    g.strideWidth,
    g.dilationHeight,
    g.dilationWidth,
    g.padInfo.top,
    g.padInfo.left,
    g.outHeight,
    g.outWidth,
  );
  if (code === undefined) return applyActivation(host, out, attributes, preluActivationWeights);
  if (code > 0) {
    const size = out.shape.reduce((product, axis) => product * axis, 1);
    host.run("activation", unitsOf(size), host.threadsFor(2 * MOVE * size), [
      host.address(out),
      host.address(out),
      size,
      code,
      attributes.leakyreluAlpha ?? 0,
    ]);
  }
  return out;
}
