import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";

/** All that the GPU has: the limits of WebGPU itself are those of the smallest device. */
const LIMITS = [
  "maxBufferSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxStorageBufferBindingSize",
] as const;

/** A backend of TensorFlow.js on a GPU. */
export async function openDevice(adapter: GPUAdapter): Promise<WebGPUBackend> {
  const requiredLimits = Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]]));
  const device = await adapter.requestDevice({ requiredLimits });
  return new CheckedBackend(device, adapter.info);
}

/**
 * WebGPU reports a faulty command or a lack of memory on the side, and goes on with zeros: a model whose
 * predictions never vary. Here what is read after a fault is an error.
 */
class CheckedBackend extends WebGPUBackend {
  #fault: string | null = null;

  constructor(device: GPUDevice, info: GPUAdapterInfo) {
    super(device, info);
    device.addEventListener("uncapturederror", ({ error }) => {
      this.#fault ??= error.message;
    });
    void device.lost.then(({ message }) => {
      this.#fault ??= `the device was lost: ${message}`;
    });
  }

  override async read(dataId: object): ReturnType<WebGPUBackend["read"]> {
    const values = await super.read(dataId);
    if (this.#fault !== null)
      throw new Error(`webgpu: the GPU must carry out every command, got: ${this.#fault}`);
    return values;
  }
}
