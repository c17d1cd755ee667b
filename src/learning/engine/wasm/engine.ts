import type { EngineDescriptor } from "../engineDescriptor.ts";
import { proveEngine } from "../proof.ts";

/** WebAssembly with training kernels of our own: the default, and the engine that the others are held against. */
export const wasm: EngineDescriptor = {
  name: "wasm",
  bitExact: true,
  whyUnavailable: async () => null,
  remedy: "install @tensorflow/tfjs-backend-wasm 4.22.0",
  async start() {
    await (await import("./install.ts")).installWasmEngine();
    (await import("../gradients/install.ts")).installGradients();
    // Our kernels lie on private doors of the stock backend, so that they prove themselves before they train.
    proveEngine("wasm");
  },
  device: () => "CPU",
  tolerance: () => ({ gradients: 0, losses: 0 }),
};
