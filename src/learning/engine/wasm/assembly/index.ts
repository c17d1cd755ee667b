/**
 * The module's exports. It owns no memory: no static data, no stack, no allocator. All addresses are bytes into
 * the memory of the stock wasm backend; tensors are float32 (segments int32), pictures
 * [batch, height, width, channels], volumes [batch, depth, height, width, channels].
 */
export { convolution, convolutionScratch } from "./convolution";
export { depthwise } from "./depthwise";
export { depthwiseFilterGradient, depthwiseInputGradient } from "./depthwiseGradients";
export { activation, clip, reluGradient, sumRows } from "./elementwise";
export { filterGradient, filterGradientScratch } from "./filterGradient";
export { inputGradient, inputGradientScratch } from "./inputGradient";
export { matrixProduct, matrixProductScratch } from "./matrixProduct";
export { adam, momentum, rmsprop, sgd } from "./optimizers";
export { maxPool, maxPoolGradient } from "./pool";
export { segmentSum } from "./segmentSum";
export { volumeFilterGradient, volumeInputGradient } from "./volumeGradients";
