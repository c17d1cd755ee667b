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

/** How threads share a kernel: see assembly/team.ts. */
interface TeamExports {
  awaitChunk(team: number, thread: number): number;
  /** 1, or 0 if a thread has failed. */
  awaitTask(team: number): number;
  failTeam(team: number): void;
  finishChunk(team: number): void;
  joinTeam(team: number): void;
  membersOf(team: number): number;
  openTask(team: number, chunks: number): void;
  resizeTeam(team: number, size: number): void;
  takeChunk(team: number): number;
}

export type KernelExports = Readonly<
  Record<SharedKernel | OwnKernel, Compute> & Record<ScratchSize, Bytes> & TeamExports
>;
