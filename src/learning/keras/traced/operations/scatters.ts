// Operations that put numbers at given places of a table.

import { add, cast, greater, onesLike, scatterND, type Tensor, where, zeros } from "@tensorflow/tfjs-core";
import { dtypeOf, numbersOf, type Operations } from "./operation.ts";

/** A table of zeros with updates at places, which are added up where they meet. */
function scattered(places: Tensor, updates: Tensor, shape: readonly number[]): Tensor {
  return scatterND(cast(places, "int32"), updates, [...shape]);
}

export const scatters: Operations = {
  ScatterNd: ([places, updates, shape]) =>
    scattered(places as Tensor, updates as Tensor, numbersOf(shape as Tensor)),
  TensorScatterAdd: ([table, places, updates]) =>
    add(table as Tensor, scattered(places as Tensor, updates as Tensor, (table as Tensor).shape)),
  TensorScatterUpdate: ([table, places, updates]) => {
    const of = table as Tensor;
    const put = scattered(places as Tensor, updates as Tensor, of.shape);
    const isPut = scattered(places as Tensor, onesLike(updates as Tensor), of.shape);
    return where(greater(isPut, 0), put, of);
  },
  Empty: ([shape], { dtype }) => zeros(numbersOf(shape as Tensor), dtypeOf(dtype)),
};
