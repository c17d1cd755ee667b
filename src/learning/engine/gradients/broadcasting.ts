/**
 * Corrects the gradients of operations whose operands are broadcast: TensorFlow.js leaves out the sum over the repeated
 * axes.
 */
import {
  add,
  cast,
  greater,
  greaterEqual,
  less,
  lessEqual,
  mul,
  reshape,
  rsqrt,
  sub,
  sum,
  type Tensor,
  util,
} from "@tensorflow/tfjs-core";
import { mendGradient, replaceGradient } from "./replaceGradient.ts";

/** Sums a gradient over the axes along which an operand of this shape was repeated. */
export function unbroadcast(gradient: Tensor, shape: number[]): Tensor {
  if (util.arraysEqual(gradient.shape, shape)) return gradient;
  const added = gradient.rank - shape.length;
  const repeated = gradient.shape.flatMap((size, axis) =>
    axis < added || (size > 1 && shape[axis - added] === 1) ? [axis] : [],
  );
  return reshape(sum(gradient, repeated), shape);
}

/** Installs the gradients of Maximum, Minimum, SquaredDifference, BatchMatMul and FusedBatchNorm. */
export function installBroadcasting(): void {
  const both = { inputsToSave: ["a", "b"] };
  replaceGradient("Maximum", both, (dy, [a, b]: Tensor[]) => choice(dy, a, b, greaterEqual, less));
  replaceGradient("Minimum", both, (dy, [a, b]: Tensor[]) => choice(dy, a, b, lessEqual, greater));
  mendGradient("SquaredDifference", (stock) => (dy, saved, attributes) => {
    const gradients = stock(dy, saved, attributes);
    return summed(gradients, saved);
  });
  mendGradient("BatchMatMul", (stock) => (dy, saved, attributes) => {
    const gradients = stock(dy, saved, attributes);
    return summed(gradients, saved);
  });
  mendGradient("FusedBatchNorm", (stock) => (dy, saved, attributes) => {
    const [x, mean, variance, scale] = saved as [Tensor, Tensor, Tensor, Tensor | undefined];
    if (mean.rank === 1) return stock(dy, saved, attributes);
    const epsilon = attributes.varianceEpsilon as number;
    return normalisation(dy, { x, mean, variance, scale, epsilon });
  });
}

type Comparison = (a: Tensor, b: Tensor) => Tensor;

/** Passes the gradient to the operand that was chosen; to the first if both are equal. */
function choice(
  dy: Tensor,
  a: Tensor | undefined,
  b: Tensor | undefined,
  first: Comparison,
  second: Comparison,
) {
  const [left, right] = [a as Tensor, b as Tensor];
  const where = (chosen: Comparison) => mul(dy, cast(chosen(left, right), "float32"));
  return {
    a: () => unbroadcast(where(first), left.shape),
    b: () => unbroadcast(where(second), right.shape),
  };
}

function summed(gradients: Record<string, () => Tensor>, [a, b]: Tensor[]): Record<string, () => Tensor> {
  const of = (name: string, operand: Tensor | undefined) => () =>
    unbroadcast((gradients[name] as () => Tensor)(), (operand as Tensor).shape);
  return { a: of("a", a), b: of("b", b) };
}

interface Normalised {
  readonly x: Tensor;
  /** The statistics broadcast against `x`. */
  readonly mean: Tensor;
  readonly variance: Tensor;
  readonly scale: Tensor | undefined;
  readonly epsilon: number;
}

/**
 * Computes the gradients of y = (x - mean) / sqrt(variance + epsilon) · scale + offset, for statistics of any shape
 * that broadcasts.
 */
function normalisation(dy: Tensor, { x, mean, variance, scale, epsilon }: Normalised) {
  const inverse = rsqrt(add(variance, epsilon));
  const centred = sub(x, mean);
  const scaled = scale ? mul(dy, scale) : dy;
  const cube = mul(mul(inverse, inverse), inverse);
  return {
    x: () => mul(scaled, inverse),
    mean: () => unbroadcast(mul(mul(scaled, inverse), -1), mean.shape),
    variance: () => unbroadcast(mul(mul(mul(scaled, centred), cube), -0.5), variance.shape),
    scale: () => unbroadcast(mul(mul(dy, centred), inverse), (scale ?? mean).shape),
    offset: () => unbroadcast(dy, mean.shape),
  };
}
