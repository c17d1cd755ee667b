/**
 * Starts the stock TensorFlow.js wasm backend and replaces the training kernels that it lacks, or that are slow or
 * wrong. The stock module keeps the tensors; this package's module computes on the same memory.
 */
import { ready } from "@tensorflow/tfjs-core";
import { installEinsum } from "../einsum.ts";
import { installGradients } from "../gradients/install.ts";
import { TILE_GRADIENT } from "../gradients/tiles.ts";
import { installWholeOperands } from "../wholeOperands.ts";
import { installKernel } from "./kernel.ts";
import { cast, identity } from "./kernels/aliases.ts";
import { activationKernel, clip, reluGradient } from "./kernels/bounds.ts";
import { convolution } from "./kernels/convolution.ts";
import { convolutionFilterGradient } from "./kernels/convolutionFilterGradient.ts";
import { convolutionInputGradient } from "./kernels/convolutionInputGradient.ts";
import { depthwise } from "./kernels/depthwise.ts";
import { depthwiseFilterGradient, depthwiseInputGradient } from "./kernels/depthwiseGradients.ts";
import { dilation, dilationFilterGradient, dilationInputGradient } from "./kernels/dilation.ts";
import { matrixProduct } from "./kernels/matrixProduct.ts";
import { oneHot } from "./kernels/oneHot.ts";
import { adam, momentum, rmsprop, sgd } from "./kernels/optimizers.ts";
import { concat, pack, slice, split, unpack } from "./kernels/parts.ts";
import { maxPool3d, maxPool3dGradient, maxPoolGradient } from "./kernels/pool.ts";
import { segmentSum } from "./kernels/segmentSum.ts";
import { sum } from "./kernels/sum.ts";
import { tile, tileGradient } from "./kernels/tile.ts";
import { volumeFilterGradient, volumeInputGradient } from "./kernels/volumeGradients.ts";
import { startStockBackend } from "./sharedBackend.ts";

/**
 * Makes `wasm` the running backend, with this package's kernels registered. Repeated calls are harmless.
 *
 * @throws Error when the stock wasm backend does not start.
 */
export async function installWasmEngine(): Promise<void> {
  if (!(await startStockBackend())) {
    throw new Error(
      "installWasmEngine: the backend wasm must start, got false from setBackend; reinstall @tensorflow/tfjs-backend-wasm.",
    );
  }
  await ready();
  installKernel("Conv2D", convolution);
  installKernel("FusedConv2D", convolution);
  installKernel("Conv2DBackpropFilter", convolutionFilterGradient);
  installKernel("Conv2DBackpropInput", convolutionInputGradient);
  installKernel("DepthwiseConv2dNative", depthwise);
  installKernel("FusedDepthwiseConv2D", depthwise);
  installKernel("DepthwiseConv2dNativeBackpropFilter", depthwiseFilterGradient);
  installKernel("DepthwiseConv2dNativeBackpropInput", depthwiseInputGradient);
  installKernel("Conv3DBackpropFilterV2", volumeFilterGradient);
  installKernel("Conv3DBackpropInputV2", volumeInputGradient);
  installKernel("MaxPoolGrad", maxPoolGradient);
  installKernel("MaxPool3D", maxPool3d);
  installKernel("MaxPool3DGrad", maxPool3dGradient);
  installKernel("UnsortedSegmentSum", segmentSum);
  installKernel("OneHot", oneHot);
  installKernel("Dilation2D", dilation);
  installKernel("Dilation2DBackpropInput", dilationInputGradient);
  installKernel("Dilation2DBackpropFilter", dilationFilterGradient);
  installKernel("BatchMatMul", matrixProduct);
  installKernel("_FusedMatMul", matrixProduct);
  installKernel("Identity", identity);
  installKernel("Cast", cast);
  installKernel("Sum", sum);
  installKernel("Slice", slice);
  installKernel("SplitV", split);
  installKernel("Unpack", unpack);
  installKernel("Concat", concat);
  installKernel("Pack", pack);
  installKernel("Tile", tile);
  installKernel(TILE_GRADIENT, tileGradient);
  installKernel("Relu", activationKernel(1));
  installKernel("Relu6", activationKernel(2));
  installKernel("LeakyRelu", activationKernel(3));
  installKernel("ClipByValue", clip);
  installKernel("ReluGrad", reluGradient);
  installEinsum("wasm");
  installWholeOperands("wasm");
  installGradients();
  installKernel("AdamUpdate", adam);
  installKernel("SgdUpdate", sgd);
  installKernel("MomentumUpdate", momentum);
  installKernel("RmspropUpdate", rmsprop);
}
