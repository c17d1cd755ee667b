import { backend } from "@tensorflow/tfjs-core";
import { type EngineDescriptor, REORDERED, type Tolerance, useBackend } from "../engineDescriptor.ts";
import { loadTensorflow } from "./load.ts";

/**
 * The tolerance for TensorFloat-32, whose factors have 10 bits after the point; newer GPUs use it in convolutions and
 * matrix products.
 */
const TENSOR_FLOAT: Tolerance = { gradients: 1e-3, losses: 0.02 };

/** TensorFlow's native library; it runs on a GPU if it finds one. */
export const tensorflow: EngineDescriptor = {
  name: "tensorflow",
  bitExact: false,
  whyUnavailable: loadTensorflow,
  remedy: "install @tensorflow/tfjs-node-gpu, run learnproof build-tensorflow",
  start: () => useBackend("tensorflow"),
  device: () => ((backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice ? "GPU" : "CPU"),
  tolerance: (device) => (device === "CPU" ? REORDERED : TENSOR_FLOAT),
};
