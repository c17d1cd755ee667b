/** A reason for which tests fail on the stock backend and on ours alike. */
export interface KnownFailure {
  readonly reason: string;
  /** Full names, as the outcomes of a run have them. */
  readonly tests: readonly string[];
}

/** Tests that stock passes and ours fails, because what they ask for is not so. */
export const wrongTests: readonly KnownFailure[] = [
  {
    reason:
      "The gradient is divided by the whole window, where the value is divided by what lies inside: the difference quotient has ours.",
    tests: ["avgPool gradient x=[3,3,1] f=[3,3] s=1 p=explicit"],
  },
  {
    reason:
      "They want an error where ours has the gradient: of a dilated convolution, and of a truth value, which is 0.",
    tests: [
      "depthwiseConv2d gradients throws error on dilations > 1",
      "gradients errors if relevant ops are missing grads",
    ],
  },
  {
    reason: "The gradient of truth values that are counted: whole numbers pass none on.",
    tests: ["gradients does not error if irrelevant (pruned) ops are missing grads"],
  },
];

/** Written from the outcomes of a run on both. A test that passes again has its row deleted. */
export const knownFailures: readonly KnownFailure[] = [
  {
    reason: "Channels first: the convolutions of both take channels last only.",
    tests: [
      "conv2d x=[2,1,2,2] f=[1,1,1,1] s=1 d=1 p=0 NCHW",
      "conv2d x=[1,2,2] f=[2,2,1,1] s=1 d=1 p=same NCHW",
      "conv2d x=[4,2,2] f=[1,1,4,4] s=1 d=1 p=same NCHW",
      "conv2d x=[3,2,2] f=[1,1,3,4] s=1 d=1 p=same NCHW",
      "conv2d x=[2,2,2,2] f=[1,1,4,4] s=1 d=1 p=same NCHW",
      "conv2d x=[4,2,2] f=[2,2,4,4] s=1 d=1 p=same NCHW",
      "conv2d x=[1,2,2] f=[2,2,1,1] s=1 d=1 p=explicit NCHW",
      "conv2d x=[2,2,2] f=[2,2,2,1] s=1 d=1 p=same NCHW",
      "conv2d x=[2,1,2,2] f=[2,2,1,1] s=1 d=1 p=same NCHW",
      "conv2d gradient x=[1,1,3,3] f=[2,2,1,1] s=1 p=0 NCHW",
      "conv2d gradient x=[2,1,3,3] f=[2,2,1,1] s=1 p=0 NCHW",
      "fused conv2d basic in NCHW",
      "fused conv2d basic in NCHW with scalar bias",
      "fused conv2d basic in NCHW with 1-D bias",
      "fused conv2d basic in NCHW with bias and multiple batches",
      "fused conv2d basic in NCHW with scalar PReLU actiavation",
      "fused conv2d basic in NCHW with 1-D PReLU actiavation",
      "fused conv2d basic in NCHW with 3-D PReLU actiavation",
      "fused conv2d basic in NCHW with full 3-D PReLU actiavation",
      "fused conv2d im2row in NCHW",
      "fused conv2d im2row in NCHW with scalar bias",
      "fused conv2d im2row in NCHW with 1-D bias",
      "fused conv2d im2row in NCHW with scalar PReLU actiavation weights",
      "fused conv2d im2row in NCHW with 1-D PReLU actiavation weights",
      "fused conv2d im2row in NCHW with 3-D PReLU actiavation weights",
      "fused conv2d im2row in NCHW with full 3-D PReLU actiavation weights",
      "fused conv2d batch in NCHW",
      "fused conv2d batch in NCHW with scalar bias",
      "fused conv2d batch in NCHW with 1-D bias",
      "fused conv2d batch in NCHW with scalar PReLU actiavation weights",
      "fused conv2d batch in NCHW with 1-D PReLU actiavation weights",
      "fused conv2d batch in NCHW with 3-D PReLU actiavation weights",
      "fused conv2d batch in NCHW with full 3-D PReLU actiavation weights",
    ],
  },
  { reason: "Both multiply matrices of float32 only.", tests: ["matmul upcasts when dtypes dont match"] },
  {
    reason:
      "Windows of 1 by 1 that lie in the padding: both leave parts of the answer unwritten, the test wants the input.",
    tests: [
      "pool max x=[2,2,3] f=[1,1] s=2 p=1 fractional outputs default rounding",
      "pool avg x=[2,2,3] f=[1,1] s=2 p=1 fractional outputs default rounding",
    ],
  },
  {
    reason: "Neither has a kernel for complex numbers.",
    tests: [
      "clone 1D complex64 dtype",
      "clone 2D complex64 dtype",
      "clone 3D complex64 dtype",
      "clone 4D complex64 dtype",
      "concat1d concat complex input",
      "concat2d concat complex input axis=0",
      "concat2d concat complex input axis=1",
      "concat3d concat complex input axis=0",
      "concat3d concat complex input axis=1",
      "concat3d concat complex input axis=1 #2",
    ],
  },
];
