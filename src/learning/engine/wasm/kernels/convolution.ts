/** Computes Conv2D and FusedConv2D in one call. The weights are packed anew each time, so no cache can become stale. */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Host } from "../host.ts";
import { type Activation, addBias, applyActivation, fusedCode, isPerColumn } from "./activations.ts";
import { type ConvolutionAttributes, geometryOf, refuseChannelsFirst } from "./geometry.ts";

/** `x` [batch, height, width, channels], `filter` [filterHeight, filterWidth, channels, outChannels]. */
export interface ConvolutionInputs {
  readonly x: TensorInfo;
  readonly filter: TensorInfo;
  /** [outChannels], or anything that broadcasts to the output. */
  readonly bias?: TensorInfo;
  readonly preluActivationWeights?: TensorInfo;
}

/** @throws Error for channels first, for a bias that does not broadcast, and for an unknown activation. */
export function convolution(
  host: Host,
  inputs: ConvolutionInputs,
  attributes: ConvolutionAttributes & Partial<Activation>,
): TensorInfo {
  const { x, filter, bias } = inputs;
  const g = geometryOf(x.shape, filter.shape, attributes);
  refuseChannelsFirst("Conv2D", g);
  if (bias && !isPerColumn(bias, g.outChannels)) {
    const sum = addBias(
      host,
      convolution(host, { x, filter }, { ...attributes, activation: "linear" }),
      bias,
    );
    return applyActivation(host, sum, attributes, inputs.preluActivationWeights);
  }
  const code = fusedCode(attributes.activation);
  const { compute } = host;
  const scratch = host.scratch(
    compute.convolutionScratch(
      g.inHeight,
      g.inWidth,
      g.inChannels,
      g.filterHeight,
      g.filterWidth,
      g.outChannels,
      g.dilationWidth,
    ),
  );
  const out = host.output(g.outShape);
  compute.convolution(
    host.address(x),
    host.address(filter),
    bias ? host.address(bias) : 0,
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
    g.dilationHeight,
    g.dilationWidth,
    g.padInfo.top,
    g.padInfo.left,
    g.outHeight,
    g.outWidth,
    code ?? 0,
    attributes.leakyreluAlpha ?? 0,
  );
  return code === undefined ? applyActivation(host, out, attributes, inputs.preluActivationWeights) : out;
}
