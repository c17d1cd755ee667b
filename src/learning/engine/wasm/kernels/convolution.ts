/** Computes Conv2D and FusedConv2D in one call. The weights are packed anew each time, so no cache can become stale. */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { blocksOf, MOVE, pictureGroups } from "../blocks.ts";
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
  const depth = g.filterHeight * g.filterWidth * g.inChannels;
  const filterSize = depth * g.outChannels;
  const threads = host.threadsFor(g.batchSize * g.outHeight * g.outWidth * filterSize);
  const { common, own, ownBytes } = host.scratch(
    host.compute.convolutionFilterBytes(g.inChannels, g.filterHeight, g.filterWidth, g.outChannels),
    host.compute.convolutionPictureBytes(g.inHeight, g.inWidth, g.inChannels, g.dilationWidth),
    threads,
  );
  const out = host.output(g.outShape);
  const biasAt = bias ? host.address(bias) : 0;
  const panels = Math.ceil(g.outChannels / 8);
  const groups = pictureGroups(g.batchSize);
  const blocks = blocksOf(groups, g.outHeight, threads);
  host.run("convolutionFilter", panels, host.threadsFor(MOVE * filterSize), [
    host.address(filter),
    biasAt,
    common,
    depth,
    g.outChannels,
  ]);
  host.run("convolution", groups * blocks, threads, [
    host.address(x),
    common,
    biasAt === 0 ? 0 : 1,
    host.address(out),
    own,
    ownBytes,
    blocks,
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
  ]);
  return code === undefined ? applyActivation(host, out, attributes, inputs.preluActivationWeights) : out;
}
