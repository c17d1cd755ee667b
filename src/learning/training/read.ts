// Reads tensors back asynchronously, since WebGPU offers no other way. On the other engines no other task runs in
// between.

import type { Tensor } from "@tensorflow/tfjs-core";
import { norm } from "../../foundation/numbers/statistics.ts";

/** Reads a float32 tensor's values, row by row. */
export async function read(tensor: Tensor): Promise<Float32Array> {
  return (await tensor.data()) as Float32Array;
}

/** Reads a tensor as {@link read} does, and disposes it. */
export async function readAndDispose(tensor: Tensor): Promise<Float32Array> {
  try {
    return await read(tensor);
  } finally {
    tensor.dispose();
  }
}

/** Computes the Euclidean norm of each gradient; 0 if a variable has none. */
export function normsOf(gradients: readonly (Tensor | null)[]): Promise<number[]> {
  return Promise.all(gradients.map(async (gradient) => (gradient ? norm(await read(gradient)) : 0)));
}
