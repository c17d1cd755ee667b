import type { EngineDescriptor } from "../engineDescriptor.ts";
import { proveEngine } from "../proof.ts";

/** WebAssembly with this package's training kernels: the default engine, and the reference for the others. */
export const wasm: EngineDescriptor = {
  name: "wasm",
  bitExact: true,
  whyUnavailable: async () => null,
  remedy: "install @tensorflow/tfjs-backend-wasm 4.22.0",
  async start() {
    await (await import("./install.ts")).installWasmEngine();
    // The kernels rely on private parts of the stock backend, so they are tested before they train.
    proveEngine("wasm");
  },
  device: () => "CPU",
  tolerance: () => ({ gradients: 0, losses: 0 }),
};
