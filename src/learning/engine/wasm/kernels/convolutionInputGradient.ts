/**
 * Computes Conv2DBackpropInput, which is a naive loop in the stock backend; it is also the forward pass of
 * conv2dTranspose.
 */
import { getKernel, type TensorInfo } from "@tensorflow/tfjs-core";
import { blocksOf, MOVE, pictureGroups } from "../blocks.ts";
import type { Host } from "../host.ts";
import type { Outputs, Stock } from "../kernel.ts";
import { type ConvolutionAttributes, type Geometry, geometryOf, requireOutputShape } from "./geometry.ts";

/** `dy` [batch, outHeight, outWidth, outChannels], `filter` [filterHeight, filterWidth, channels, outChannels]. */
export interface InputGradientInputs {
  readonly dy: TensorInfo;
  readonly filter: TensorInfo;
}

/** The convolution's attributes, and the shape of the result. */
export interface InputGradientAttributes extends ConvolutionAttributes {
  readonly inputShape: readonly [number, number, number, number];
}

/**
 * Whether `dy` has more rows or columns than the convolution's output, as conv2dTranspose may ask; tfjs ignores the
 * rest.
 */
function isLarger([batch, height = 0, width = 0, channels]: readonly number[], g: Geometry): boolean {
  const { batchSize, outHeight, outWidth, outChannels } = g;
  const fits = batch === batchSize && channels === outChannels && height >= outHeight && width >= outWidth;
  return fits && (height > outHeight || width > outWidth);
}

function crop(host: Host, x: TensorInfo, size: number[]): TensorInfo {
  const attrs = { begin: [0, 0, 0, 0], size };
  return getKernel("Slice", "wasm").kernelFunc({ inputs: { x }, attrs, backend: host.backend }) as TensorInfo;
}

/** @throws RangeError when dy is smaller than the convolution's output. */
export function convolutionInputGradient(
  host: Host,
  inputs: InputGradientInputs,
  attributes: InputGradientAttributes,
  stock: Stock<InputGradientInputs, InputGradientAttributes>,
): Outputs {
  const { dy, filter } = inputs;
  const g = geometryOf(attributes.inputShape, filter.shape, { ...attributes, dilations: 1 });
  if (g.dataFormat !== "channelsLast") {
    requireOutputShape("Conv2DBackpropInput", dy.shape, g);
    return stock(inputs, attributes);
  }
  if (isLarger(dy.shape, g)) {
    const cropped = crop(host, dy, g.outShape);
    const out = convolutionInputGradient(host, { dy: cropped, filter }, attributes, stock);
    host.backend.disposeData(cropped.dataId);
    return out;
  }
  requireOutputShape("Conv2DBackpropInput", dy.shape, g);
  const filterSize = g.filterHeight * g.filterWidth * g.inChannels * g.outChannels;
  const threads = host.threadsFor(g.batchSize * g.outHeight * g.outWidth * filterSize);
  const { common, own, ownBytes } = host.scratch(
    host.compute.inputGradientFilterBytes(g.inChannels, g.filterHeight, g.filterWidth, g.outChannels),
    host.compute.inputGradientPictureBytes(g.outChannels, g.outHeight, g.outWidth),
    threads,
  );
  const out = host.output(g.inShape);
  const groups = pictureGroups(g.batchSize);
  // Each block packs its pictures anew, so few blocks are made of them.
  const blocks = Math.min(blocksOf(groups, g.inHeight, threads), 4);
  host.run("inputGradientFilter", Math.ceil(g.inChannels / 8), host.threadsFor(MOVE * filterSize), [
    host.address(filter),
    common,
    g.inChannels,
    g.filterHeight,
    g.filterWidth,
    g.outChannels,
    g.strideHeight,
    g.strideWidth,
  ]);
  host.run("inputGradient", groups * blocks, threads, [
    host.address(dy),
    common,
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
    g.padInfo.top,
    g.padInfo.left,
    g.outHeight,
    g.outWidth,
  ]);
  return out;
}
