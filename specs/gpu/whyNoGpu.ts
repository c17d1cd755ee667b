import { backend } from "@tensorflow/tfjs-core";
import { type EngineName, isEngineName } from "../../src/learning/engine/engineName.ts";
import { startEngine } from "../../src/learning/engine/startEngine.ts";

/** Whether the engine `tensorflow` has a GPU here: null where it has, else why not, in a few words. */
export async function whyNoTensorflow(): Promise<string | null> {
  try {
    await startEngine({ name: "tensorflow" });
  } catch {
    return "TensorFlow's native library is not installed";
  }
  const { isUsingGpuDevice } = backend() as { isUsingGpuDevice?: boolean };
  return isUsingGpuDevice ? null : "TensorFlow found no GPU";
}

/** Whether the engine `webgpu` runs here, also on a GPU in software: null where it does, else why not. */
export async function whyNoWebgpu(): Promise<string | null> {
  try {
    await startEngine({ name: "webgpu" });
    return null;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}

/** Reporters leave out what is skipped: said aloud, it does not pass for passed. */
export function sayIfSkipped(engine: string, missing: string | null): void {
  if (missing !== null) process.stderr.write(`specs/gpu: ${engine} is skipped, not passed: ${missing}\n`);
}

/** Engines that a workflow says are here, as in `LEARNPROOF_GPU=tensorflow,webgpu`: a missing one is a fault then. */
export const required: readonly EngineName[] = named(process.env.LEARNPROOF_GPU);

/** A name that is none would demand nothing. */
function named(text = ""): EngineName[] {
  return text
    .split(",")
    .filter((word) => word !== "")
    .map((word) => {
      if (isEngineName(word)) return word;
      throw new RangeError(`LEARNPROOF_GPU must list engines such as tensorflow,webgpu, got ${word}`);
    });
}
