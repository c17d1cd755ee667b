/** Computes Conv3DBackpropFilterV2, and Conv3DBackpropInputV2, which is also the forward pass of conv3dTranspose. */
import { backend_util, type TensorInfo, util } from "@tensorflow/tfjs-core";
import type { Host } from "../host.ts";

type Volume = [number, number, number, number, number];

/** The attributes that both share. */
interface VolumeAttributes {
  readonly strides: [number, number, number] | number;
  readonly pad: "valid" | "same";
}

/** `x` [batch, depth, height, width, channels], `dy` [batch, outDepth, outHeight, outWidth, outChannels]. */
export interface VolumeFilterInputs {
  readonly x: TensorInfo;
  readonly dy: TensorInfo;
}

/** `filter` [filterDepth, filterHeight, filterWidth, channels, outChannels]. */
export interface VolumeInputInputs {
  readonly dy: TensorInfo;
  readonly filter: TensorInfo;
}

/** @throws RangeError when dy is not of the convolution's output shape. */
export function volumeFilterGradient(
  host: Host,
  { x, dy }: VolumeFilterInputs,
  attributes: VolumeAttributes & { readonly filterShape: number[] },
): TensorInfo {
  const sizes = sizesOf("Conv3DBackpropFilterV2", x.shape, attributes.filterShape, dy, attributes);
  const out = host.output([...attributes.filterShape]);
  host.compute.volumeFilterGradient(host.address(x), host.address(dy), host.address(out), ...sizes);
  return out;
}

/** @throws RangeError when dy is not of the convolution's output shape. */
export function volumeInputGradient(
  host: Host,
  { dy, filter }: VolumeInputInputs,
  attributes: VolumeAttributes & { readonly inputShape: number[] },
): TensorInfo {
  const sizes = sizesOf("Conv3DBackpropInputV2", attributes.inputShape, filter.shape, dy, attributes);
  const out = host.output([...attributes.inputShape]);
  host.compute.volumeInputGradient(host.address(dy), host.address(filter), host.address(out), ...sizes);
  return out;
}

/** Returns the arguments of both of the module's functions that follow the addresses, in order. */
function sizesOf(
  kernel: string,
  xShape: readonly number[],
  filterShape: readonly number[],
  dy: TensorInfo,
  { strides, pad }: VolumeAttributes,
): number[] {
  const g = backend_util.computeConv3DInfo(xShape as Volume, filterShape as Volume, strides, 1, pad);
  if (!util.arraysEqual(dy.shape, g.outShape)) {
    throw new RangeError(
      `wasm backend ${kernel}: dy must have the convolution's output shape [${g.outShape}], got [${dy.shape}]; check strides and pad.`,
    );
  }
  return [
    ...[g.batchSize, g.inDepth, g.inHeight, g.inWidth, g.inChannels],
    ...[g.filterDepth, g.filterHeight, g.filterWidth, g.outChannels],
    ...[g.strideDepth, g.strideHeight, g.strideWidth],
    ...[g.padInfo.front, g.padInfo.top, g.padInfo.left],
    ...[g.outDepth, g.outHeight, g.outWidth],
  ];
}
