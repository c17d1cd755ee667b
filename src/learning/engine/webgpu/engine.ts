import { type EngineDescriptor, REORDERED, useBackend } from "../engineDescriptor.ts";
import { gpuInUse, loadWebgpu } from "./load.ts";

/** WebGPU through Dawn; it runs on any GPU with a Vulkan driver. */
export const webgpu: EngineDescriptor = {
  name: "webgpu",
  bitExact: false,
  whyUnavailable: loadWebgpu,
  remedy: "install webgpu and @tensorflow/tfjs-backend-webgpu, and a GPU's driver",
  start: () => useBackend("webgpu"),
  device() {
    const gpu = gpuInUse();
    return gpu ? `${gpu.name}${gpu.isSoftware ? " (a GPU in software, which is slow)" : ""}` : "CPU";
  },
  isImitated: () => gpuInUse()?.isSoftware ?? false,
  tolerance: () => REORDERED,
};
