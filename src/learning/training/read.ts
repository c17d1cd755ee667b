// Reading tensors back: awaited, as WebGPU knows no other way. On the other engines nothing else comes between.

import type { Tensor } from "@tensorflow/tfjs-core";
import { norm } from "../../foundation/numbers/statistics.ts";

/** A float32 tensor's values, row by row. */
export async function read(tensor: Tensor): Promise<Float32Array> {
  return (await tensor.data()) as Float32Array;
}

/** As {@link read}; the tensor is disposed. */
export async function readAndDispose(tensor: Tensor): Promise<Float32Array> {
  try {
    return await read(tensor);
  } finally {
    tensor.dispose();
  }
}

/** Euclidean norms of the gradients, 0 where there is none. */
export function normsOf(gradients: readonly (Tensor | null)[]): Promise<number[]> {
  return Promise.all(gradients.map(async (gradient) => (gradient ? norm(await read(gradient)) : 0)));
}
