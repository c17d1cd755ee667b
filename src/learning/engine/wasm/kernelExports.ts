/** Exports of kernels.wasm; their parameters are documented in the folder `assembly`. */

/** Addresses and sizes are plain numbers: bytes from the start of memory, counts, float32 scalars. */
type Compute = (...args: readonly number[]) => void;
type Bytes = (...args: readonly number[]) => number;

/** Kernels that end in a range of units and the number of the thread, so that threads can share them. */
export type SharedKernel =
  | "activation"
  | "adam"
  | "clip"
  | "convolution"
  | "convolutionFilter"
  | "copyRows"
  | "filterGradient"
  | "filterGradientInput"
  | "filterGradientOutput"
  | "inputGradient"
  | "inputGradientFilter"
  | "matrixProduct"
  | "matrixProductRight"
  | "momentum"
  | "reluGradient"
  | "rmsprop"
  | "sgd"
  | "sumRows";

/** Kernels that one thread computes. */
type OwnKernel =
  | "depthwise"
  | "depthwiseFilterGradient"
  | "depthwiseInputGradient"
  | "maxPool"
  | "maxPoolGradient"
  | "segmentSum"
  | "volumeFilterGradient"
  | "volumeInputGradient";

/** Bytes of scratch that a kernel needs. */
type ScratchSize =
  | "convolutionFilterBytes"
  | "convolutionPictureBytes"
  | "filterGradientInputBytes"
  | "filterGradientOutputBytes"
  | "filterGradientThreadBytes"
  | "inputGradientFilterBytes"
  | "inputGradientPictureBytes"
  | "matrixProductLeftBytes"
  | "matrixProductRightBytes";

export type KernelExports = Readonly<Record<SharedKernel | OwnKernel, Compute> & Record<ScratchSize, Bytes>>;
