/**
 * Starts the stock TensorFlow.js wasm backend and puts our training kernels in place of those that it
 * lacks, has slow, or has wrong. The stock module keeps the tensors; ours computes on the same memory.
 */
import "@tensorflow/tfjs-backend-wasm";
import { ready, setBackend } from "@tensorflow/tfjs-core";

/**
 * Makes `wasm` the running backend, with our kernels registered. Calling it again is harmless.
 *
 * @throws Error when the stock wasm backend does not start.
 */
export async function installWasmEngine(): Promise<void> {
  if (!(await setBackend("wasm"))) {
    throw new Error(
      "installWasmEngine: the backend wasm must start, got false from setBackend; reinstall @tensorflow/tfjs-backend-wasm.",
    );
  }
  await ready();
}
