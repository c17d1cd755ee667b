import { getGradient, getKernelsForBackend, registerGradient } from "@tensorflow/tfjs-core";
import { InputError } from "../../../foundation/input/inputError.ts";

/** Fused kernels get their gradient where a layer first needs it. */
const FUSED = /^_?Fused/;

/** Gives the operations of a backend that have no gradient one that refuses by name, in place of TensorFlow.js's bare error. */
export function refuseMissingGradients(backendName: string): void {
  for (const { kernelName } of getKernelsForBackend(backendName)) {
    if (getGradient(kernelName) || FUSED.test(kernelName)) continue;
    registerGradient({
      kernelName,
      gradFunc: () => {
        throw new InputError({
          code: "unsupported-gradient",
          field: "model",
          message:
            "uses an operation behind trained weights whose gradient is not known (Cannot compute gradient: gradient function not found); use another one, or put it before the first layer with weights",
          got: kernelName,
        });
      },
    });
  }
}
