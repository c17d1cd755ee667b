import { scalar } from "@tensorflow/tfjs-core";
import { installEinsum } from "../einsum.ts";
import { type EngineDescriptor, REORDERED, useBackend } from "../engineDescriptor.ts";
import { installWholeOperands } from "../wholeOperands.ts";

/** TensorFlow.js in plain JavaScript: slow, always available, and independent of the other engines' kernels. */
export const cpu: EngineDescriptor = {
  name: "cpu",
  bitExact: true,
  whyUnavailable: async () => null,
  remedy: "install @tensorflow/tfjs-backend-cpu",
  async start() {
    await import("@tensorflow/tfjs-backend-cpu");
    await useBackend("cpu");
    installEinsum("cpu");
    installWholeOperands("cpu");
    // The backend prints a greeting at its first tensor; creating one here drops it.
    scalar(0).dispose();
  },
  device: () => "CPU",
  tolerance: () => REORDERED,
};
