/** Gradients of products and running sums along any axis: TensorFlow.js has them right for the last one only. */
import { cumprod, cumsum, mul, reshape, type Tensor, transpose, util } from "@tensorflow/tfjs-core";
import { replaceGradient } from "./replaceGradient.ts";

/** Prod and Cumsum. */
export function installReductions(): void {
  replaceGradient("Prod", { inputsToSave: ["x"] }, (dy, [x], { axis }) => ({
    x: () => productGradient(dy, x as Tensor, util.parseAxisParam(axis as number[], (x as Tensor).shape)),
  }));
  replaceGradient("Cumsum", {}, (dy, _saved, { axis, exclusive, reverse }) => ({
    x: () => cumsum(dy, axis as number, exclusive as boolean, !reverse),
  }));
}

/** Each factor's gradient is the product of all others: of those before it and of those behind it, so zeros do no harm. */
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
