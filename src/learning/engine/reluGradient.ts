import { engine, getBackend, getKernel, mul, step, type Tensor } from "@tensorflow/tfjs-core";

/**
 * Computes the gradient of relu: `dy` where `x` is positive, otherwise 0. It uses one kernel if the running backend has
 * it (wasm), otherwise the operations that tfjs composes.
 *
 * @param dy gradient of the output.
 * @param x relu's input, or its output, which is positive in the same places; the same shape.
 */
export function reluGradient(dy: Tensor, x: Tensor): Tensor {
  return getKernel("ReluGrad", getBackend())
    ? (engine().runKernel("ReluGrad", { dy, x }) as Tensor)
    : mul(dy, step(x));
}
