// Operations that put many numbers together.

import {
  all,
  any,
  argMax,
  argMin,
  cast,
  cumprod,
  cumsum,
  div,
  equal,
  fill,
  max,
  mean,
  mul,
  neg,
  prod,
  sqrt,
  square,
  sum,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { fromFront } from "../../../../foundation/numbers/fromFront.ts";
import { type Attributes, dtypeOf, numbersOf, type Operation, type Operations } from "./operation.ts";

/** Reduces the axes that the second input names. */
function over(compute: (x: Tensor, axes: number[], keepsAxes: boolean) => Tensor): Operation {
  return ([x, axes], { keep_dims: keeps }) => {
    const known = (axes as Tensor).size === 0 ? [] : numbersOf(axes as Tensor);
    // TensorFlow reduces no axis where none is named, TensorFlow.js all of them.
    if (known.length === 0) return (x as Tensor).clone();
    return compute(x as Tensor, known, keeps === true);
  };
}

/** The gradient of a maximum that several numbers share is split among them, as in TensorFlow. */
function largest(x: Tensor, axes: number[], keeps: boolean): Tensor {
  if (x.dtype !== "float32") return max(x, axes, keeps);
  const isLargest = cast(equal(x, max(x, axes, true)), "float32");
  const shared = sum(mul(x, isLargest), axes, keeps);
  const count = sum(isLargest, axes, keeps);
  return div(shared, count);
}

const norm = (x: Tensor, axes: number[], keeps: boolean) => sqrt(sum(square(x), axes, keeps));

/** An axis counted from the front: sums along one that is counted from the back write past their tensor on wasm. */
function axisOf(x: Tensor | undefined, axis: Tensor | undefined): number {
  return fromFront(numbersOf(axis as Tensor)[0] ?? 0, (x as Tensor).rank);
}

/** Finds a place along an axis. */
function placeOf(compute: (x: Tensor, axis: number) => Tensor): Operation {
  return ([x, axis]) => compute(x as Tensor, axisOf(x, axis));
}

function along(
  compute: (x: Tensor, axis: number, excludes: boolean, reverses: boolean) => Tensor,
): Operation {
  return ([x, axis], { exclusive, reverse }: Attributes) =>
    compute(x as Tensor, axisOf(x, axis), exclusive === true, reverse === true);
}

export const reductions: Operations = {
  Sum: over((x, axes, keeps) => cast(sum(x, axes, keeps), dtypeOf(x.dtype))),
  Mean: over(mean),
  Max: over((x, axes, keeps) => largest(x, axes, keeps)),
  Min: over((x, axes, keeps) => neg(largest(neg(x), axes, keeps))),
  // Of no numbers at all, such as the free axes of a product over all axes, the product is 1.
  Prod: over((x, axes, keeps) =>
    x.size === 0 ? cast(fill(keeps ? [1] : [], 1), x.dtype) : prod(x, axes, keeps),
  ),
  All: over(all),
  Any: over(any),
  EuclideanNorm: over(norm),
  ArgMax: placeOf(argMax),
  ArgMin: placeOf(argMin),
  Cumsum: along(cumsum),
  Cumprod: along(cumprod),
  L2Loss: ([x]) => mul(0.5, sum(square(x as Tensor))),
};
