import { getGradient, getKernelsForBackend, registerGradient } from "@tensorflow/tfjs-core";
import { InputError } from "../../../foundation/input/inputError.ts";

/** Fused kernels get their gradient when a layer first needs it. */
const FUSED = /^_?Fused/;

/**
 * Gives every operation of a backend that has no gradient one that throws an error with the operation's name, instead
 * of TensorFlow.js's bare error.
 */
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
