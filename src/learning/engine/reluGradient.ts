import { engine, getBackend, getKernel, mul, step, type Tensor } from "@tensorflow/tfjs-core";

/**
 * The gradient of relu: `dy` where `x` is positive, else 0. One kernel where the running backend has it (wasm),
 * what tfjs composes elsewhere.
 *
 * @param dy gradient of the output.
 * @param x relu's input, or its output, which is positive in the same places; the same shape.
 */
export function reluGradient(dy: Tensor, x: Tensor): Tensor {
  return getKernel("ReluGrad", getBackend())
    ? (engine().runKernel("ReluGrad", { dy, x }) as Tensor)
    : mul(dy, step(x));
}
