import { backend } from "@tensorflow/tfjs-core";
import { startEngine } from "../../src/engine/startEngine.ts";

/** Whether a GPU runs the engine `tensorflow` here: null where one does, else why not, in a few words. */
export async function whyNoGpu(): Promise<string | null> {
  try {
    await startEngine({ name: "tensorflow" });
  } catch {
    return "TensorFlow's native library is not installed";
  }
  const { isUsingGpuDevice } = backend() as { isUsingGpuDevice?: boolean };
  return isUsingGpuDevice ? null : "TensorFlow found no GPU";
}

/** Said by a workflow on a machine that has one: then a missing GPU is a fault, and nothing is skipped. */
export const isRequired = process.env.LEARNPROOF_GPU === "required";
