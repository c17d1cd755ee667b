/** Computes Conv2DBackpropFilter, which the stock backend lacks. */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { MOVE } from "../blocks.ts";
import type { Host } from "../host.ts";
import { withChannelsLast } from "./channelsFirst.ts";
import { type ConvolutionAttributes, type Geometry, geometryOf, requireOutputShape } from "./geometry.ts";

/** Pictures packed at a time: bounds the scratch whatever the batch. The digests depend on it. */
const PICTURES = 32;

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
  const plan = planFilterGradient(host, g);
  const out = host.output(g.filterShape);
  if (g.batchSize === 0) host.backend.typedArrayFromHeap(out).fill(0);
  for (let n = 0; n < g.batchSize; n += PICTURES) addPictures(host, inputs, out, g, plan, n);
  return out;
}

/** Addresses of scratch, and how many threads share the sums. */
interface Plan {
  readonly a: number;
  readonly b: number;
  readonly own: number;
  readonly ownBytes: number;
  readonly threads: number;
}

function planFilterGradient(host: Host, g: Geometry): Plan {
  const { compute } = host;
  const pictures = Math.min(g.batchSize, PICTURES);
  const aBytes =
    pictures * compute.filterGradientInputBytes(g.inHeight, g.inWidth, g.inChannels, g.strideWidth);
  const bBytes = pictures * compute.filterGradientOutputBytes(g.outHeight, g.outWidth, g.outChannels);
  const operations =
    pictures * g.outHeight * g.outWidth * g.filterHeight * g.filterWidth * g.inChannels * g.outChannels;
  const threads = host.threadsFor(operations);
  const { common, own, ownBytes } = host.scratch(
    aBytes + bBytes,
    compute.filterGradientThreadBytes(),
    threads,
  );
  return { a: common, b: common + aBytes, own, ownBytes, threads };
}

/** Adds what the block of pictures that begins at picture `n` contributes. */
function addPictures(
  host: Host,
  { x, dy }: FilterGradientInputs,
  out: TensorInfo,
  g: Geometry,
  { a, b, own, ownBytes, threads }: Plan,
  n: number,
): void {
  const pictures = Math.min(g.batchSize - n, PICTURES);
  const inputSize = g.inHeight * g.inWidth * g.inChannels;
  const positions = g.outHeight * g.outWidth;
  host.run("filterGradientInput", g.inHeight, host.threadsFor(MOVE * pictures * inputSize), [
    host.address(x) + 4 * n * inputSize,
    a,
    pictures,
    g.inHeight,
    g.inWidth,
    g.inChannels,
    g.strideWidth,
  ]);
  host.run("filterGradientOutput", positions, host.threadsFor(MOVE * pictures * positions * g.outChannels), [
    host.address(dy) + 4 * n * positions * g.outChannels,
    b,
    pictures,
    positions,
    g.outChannels,
  ]);
  const units = Math.ceil(g.inChannels / 4) * Math.ceil(g.outChannels / 8) * g.filterHeight;
  host.run("filterGradient", units, threads, [
    a,
    b,
    host.address(out),
    own,
    ownBytes,
    n === 0 ? 1 : 0,
    pictures,
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
}
