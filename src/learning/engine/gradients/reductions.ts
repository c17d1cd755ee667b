/**
 * Corrects the gradients of products and cumulative sums along any axis: TensorFlow.js's are right only for the last
 * axis.
 */
import { cumprod, cumsum, mul, reshape, type Tensor, transpose, util } from "@tensorflow/tfjs-core";
import { replaceGradient } from "./replaceGradient.ts";

/** Installs the gradients of Prod and Cumsum. */
export function installReductions(): void {
  replaceGradient("Prod", { inputsToSave: ["x"] }, (dy, [x], { axis }) => ({
    x: () => productGradient(dy, x as Tensor, util.parseAxisParam(axis as number[], (x as Tensor).shape)),
  }));
  replaceGradient("Cumsum", {}, (dy, _saved, { axis, exclusive, reverse }) => ({
    x: () => cumsum(dy, axis as number, exclusive as boolean, !reverse),
  }));
}

/**
 * Computes each factor's gradient as the product of the factors before it and those behind it, so that zeros do no
 * harm.
 */
function productGradient(dy: Tensor, x: Tensor, axes: number[]): Tensor {
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const order = [...kept, ...axes];
  const rest = kept.map((axis) => x.shape[axis] as number);
  const factors = reshape(transpose(x, order), [...rest, -1]);
  const before = cumprod(factors, rest.length, true, false);
  const behind = cumprod(factors, rest.length, true, true);
  const gradient = mul(reshape(dy, [...rest, 1]), mul(before, behind));
  const turned = reshape(
    gradient,
    order.map((axis) => x.shape[axis] as number),
  );
  return transpose(
    turned,
    order.map((_, axis) => order.indexOf(axis)),
  );
}
