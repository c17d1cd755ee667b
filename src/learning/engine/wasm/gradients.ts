/**
 * The gradient of Relu, in one kernel where the backend has it. tfjs keeps one gradient for all backends, so the
 * others get the operations that tfjs composes: dy * step(x).
 */
// tfjs-layers brings the gradients of all operations. Loaded later it would put its own over ours.
import "@tensorflow/tfjs-layers";
import {
  getGradient,
  registerGradient,
  type Tensor,
  unregisterGradient,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { reluGradient } from "../reluGradient.ts";

let installed = false;

/** Puts our gradient of Relu, and the gradient of that gradient, in place of tfjs' own. Idempotent. */
export function installGradients(): void {
  if (installed) return;
  installed = true;
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
