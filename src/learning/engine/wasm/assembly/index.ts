/**
 * The module's exports. It owns no memory: no static data, no stack, no allocator. All addresses are bytes into
 * the memory of the stock wasm backend; tensors are float32 (segments int32), pictures
 * [batch, height, width, channels], volumes [batch, depth, height, width, channels].
 *
 * A function that ends in `first`, `last` and `thread` computes that range of its units, so that threads can share it.
 */
export {
  convolution,
  convolutionFilter,
  convolutionFilterBytes,
  convolutionPictureBytes,
} from "./convolution";
export { copyRows } from "./copyRows";
export { depthwise } from "./depthwise";
export { depthwiseFilterGradient, depthwiseInputGradient } from "./depthwiseGradients";
export { activation, clip, reluGradient, sumRows } from "./elementwise";
export {
  filterGradient,
  filterGradientInput,
  filterGradientInputBytes,
  filterGradientOutput,
  filterGradientOutputBytes,
  filterGradientThreadBytes,
} from "./filterGradient";
export {
  inputGradient,
  inputGradientFilter,
  inputGradientFilterBytes,
  inputGradientPictureBytes,
} from "./inputGradient";
export {
  matrixProduct,
  matrixProductLeftBytes,
  matrixProductRight,
  matrixProductRightBytes,
} from "./matrixProduct";
export { adam, momentum, rmsprop, sgd } from "./optimizers";
export { maxPool, maxPoolGradient } from "./pool";
export { segmentSum } from "./segmentSum";
export { volumeFilterGradient, volumeInputGradient } from "./volumeGradients";
