// Operations that neural networks are made of.

import {
  add,
  avgPool,
  cast,
  conv2d,
  conv2dTranspose,
  customGrad,
  depthwiseConv2d,
  einsum,
  expandDims,
  image,
  logSoftmax,
  matMul,
  maxPool,
  mean,
  mul,
  neg,
  oneHot,
  pad,
  reshape,
  rsqrt,
  slice,
  softmax,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor4D,
} from "@tensorflow/tfjs-core";
import { resizeBicubic } from "./bicubic.ts";
import { type Attributes, numbersOf, type Operation, type Operations } from "./operation.ts";

type Sides = [number, number];

/** The two middle sides of four, which images have. */
function sidesOf(given: unknown): Sides {
  const [, height = 1, width = 1] = Array.isArray(given) ? (given as number[]) : [];
  return [height, width];
}

const paddingOf = ({ padding }: Attributes) => (padding === "SAME" ? "same" : "valid");

/** Refuses what only another order of axes or another padding would compute. */
function plainImages(compute: (inputs: readonly Tensor[], attributes: Attributes) => Tensor): Operation {
  return (inputs, attributes) => {
    const { data_format: format, padding } = attributes;
    if ((format ?? "NHWC") !== "NHWC" || padding === "EXPLICIT")
      throw new RangeError("images must have their channels last, and no explicit padding");
    return compute(inputs, attributes);
  };
}

/** A kernel with zeros between its numbers, which computes what a dilated one does. */
function spreadKernel(kernel: Tensor4D, [down, across]: Sides): Tensor4D {
  if (down === 1 && across === 1) return kernel;
  const [height, width, ...channels] = kernel.shape;
  const apart = pad(reshape(kernel, [height, 1, width, 1, ...channels]), [
    [0, 0],
    [0, down - 1],
    [0, 0],
    [0, across - 1],
    [0, 0],
    [0, 0],
  ]);
  const joined = reshape(apart, [height * down, width * across, ...channels]);
  const sides = [(height - 1) * down + 1, (width - 1) * across + 1, ...channels];
  return slice(joined, [0, 0, 0, 0], sides) as Tensor4D;
}

function multiplied(
  [a, b]: readonly Tensor[],
  { transpose_a, transpose_b, adj_x, adj_y }: Attributes,
): Tensor {
  const isTurned = (...given: unknown[]) => given.includes(true);
  return matMul(a as Tensor, b as Tensor, isTurned(transpose_a, adj_x), isTurned(transpose_b, adj_y));
}

/**
 * The crossentropy of logits, one number for each row. Its gradient is that of TensorFlow, which takes targets to sum up
 * to 1.
 */
const crossentropy = customGrad((...given) => {
  const [logits, targets, save] = given as unknown as [Tensor, Tensor, (kept: Tensor[]) => void];
  // What a function has computed on its way is freed where it is not kept for the gradient.
  save([logits, targets]);
  return {
    value: neg(sum(mul(targets, logSoftmax(logits)), -1)),
    gradFunc: (dy: Tensor, saved: Tensor[]) => {
      const [of, wanted] = saved as [Tensor, Tensor];
      return [
        mul(expandDims(dy, -1), sub(softmax(of), wanted)),
        neg(mul(expandDims(dy, -1), logSoftmax(of))),
      ];
    },
  };
}) as (logits: Tensor, targets: Tensor) => Tensor;

/** In training by the batch's own mean and variance, otherwise by those that are given. */
function normalised(inputs: readonly Tensor[], { epsilon, is_training: isTraining }: Attributes): Tensor[] {
  const [x, scale, offset, givenMean, givenVariance] = inputs as [Tensor, Tensor, Tensor, Tensor, Tensor];
  const axes = x.shape.map((_, axis) => axis).slice(0, -1);
  const average = isTraining === false ? givenMean : mean(x, axes);
  const apart = sub(x, average);
  const variance = isTraining === false ? givenVariance : mean(square(apart), axes);
  const answer = add(mul(mul(apart, rsqrt(add(variance, Number(epsilon ?? 1e-4)))), scale), offset);
  const count = x.size / (x.shape.at(-1) ?? 1);
  // The variance that is kept for evaluation is that of a sample.
  const kept = isTraining === false ? variance : mul(variance, count / Math.max(1, count - 1));
  return [answer, average.clone(), kept.clone(), average.clone(), variance.clone(), variance.clone()];
}

function resized(compute: typeof image.resizeBilinear): Operation {
  return ([x, size], { align_corners, half_pixel_centers }) =>
    compute(
      x as Tensor4D,
      numbersOf(size as Tensor) as Sides,
      align_corners === true,
      half_pixel_centers === true,
    );
}

export const network: Operations = {
  MatMul: multiplied,
  BatchMatMul: multiplied,
  BatchMatMulV2: multiplied,
  BatchMatMulV3: multiplied,
  Einsum: (inputs, { equation }) => einsum(String(equation), ...inputs),
  BiasAdd: ([x, bias], { data_format: format }) => {
    if (format === "NCHW") throw new RangeError("the channels must be last");
    return add(x as Tensor, bias as Tensor);
  },
  Softmax: ([x]) => softmax(x as Tensor),
  LogSoftmax: ([x]) => logSoftmax(x as Tensor),
  SoftmaxCrossEntropyWithLogits: ([logits, targets]) => [
    crossentropy(logits as Tensor, targets as Tensor),
    sub(softmax(logits as Tensor), targets as Tensor),
  ],
  SparseSoftmaxCrossEntropyWithLogits: ([logits, labels]) => {
    const of = logits as Tensor;
    const targets = cast(oneHot(cast(labels as Tensor, "int32"), of.shape.at(-1) as number), "float32");
    return [crossentropy(of, targets), sub(softmax(of), targets)];
  },
  Conv2D: plainImages(([x, kernel], attributes) =>
    conv2d(
      x as Tensor4D,
      kernel as Tensor4D,
      sidesOf(attributes.strides),
      paddingOf(attributes),
      "NHWC",
      sidesOf(attributes.dilations),
    ),
  ),
  Conv2DBackpropInput: plainImages(([shape, kernel, x], attributes) =>
    conv2dTranspose(
      x as Tensor4D,
      spreadKernel(kernel as Tensor4D, sidesOf(attributes.dilations)),
      numbersOf(shape as Tensor) as [number, number, number, number],
      sidesOf(attributes.strides),
      paddingOf(attributes),
    ),
  ),
  DepthwiseConv2dNative: plainImages(([x, kernel], attributes) =>
    depthwiseConv2d(
      x as Tensor4D,
      kernel as Tensor4D,
      sidesOf(attributes.strides),
      paddingOf(attributes),
      "NHWC",
      sidesOf(attributes.dilations),
    ),
  ),
  MaxPool: plainImages(([x], attributes) =>
    maxPool(x as Tensor4D, sidesOf(attributes.ksize), sidesOf(attributes.strides), paddingOf(attributes)),
  ),
  AvgPool: plainImages(([x], attributes) =>
    avgPool(x as Tensor4D, sidesOf(attributes.ksize), sidesOf(attributes.strides), paddingOf(attributes)),
  ),
  FusedBatchNormV3: (inputs, attributes) => {
    if ((attributes.data_format ?? "NHWC") !== "NHWC") throw new RangeError("the channels must be last");
    return normalised(inputs, attributes);
  },
  ResizeBicubic: resizeBicubic,
  ResizeBilinear: resized(image.resizeBilinear),
  ResizeNearestNeighbor: resized(image.resizeNearestNeighbor as typeof image.resizeBilinear),
};
