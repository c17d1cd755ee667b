import { scalar } from "@tensorflow/tfjs-core";
import { installEinsum } from "../einsum.ts";
import { type EngineDescriptor, REORDERED, useBackend } from "../engineDescriptor.ts";
import { installWholeOperands } from "../wholeOperands.ts";

/** TensorFlow.js in plain JavaScript: slow, always there, and independent of the kernels of the others. */
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
    // It greets at its first tensor: let that be here, where greetings are dropped.
    scalar(0).dispose();
  },
  device: () => "CPU",
  tolerance: () => REORDERED,
};
