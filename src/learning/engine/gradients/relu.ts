/**
 * Computes the gradient of Relu with one kernel if the backend has it. tfjs keeps one gradient for all backends, so
 * other backends run the operations that tfjs composes: dy * step(x).
 */
import {
  getGradient,
  registerGradient,
  type Tensor,
  unregisterGradient,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { reluGradient } from "../reluGradient.ts";

/** Installs the gradient of Relu and the gradient of that gradient. */
export function installRelu(): void {
  if (getGradient("Relu")) unregisterGradient("Relu");
  registerGradient({
    kernelName: "Relu",
    inputsToSave: ["x"],
    gradFunc: (dy, saved) => {
      const [x] = saved as [Tensor];
      return { x: () => reluGradient(dy as Tensor, x) };
    },
  });
  registerGradient({
    kernelName: "ReluGrad",
    inputsToSave: ["x"],
    gradFunc: (ddx, saved) => {
      const [x] = saved as [Tensor];
      return { dy: () => reluGradient(ddx as Tensor, x), x: () => zerosLike(x) };
    },
  });
}
