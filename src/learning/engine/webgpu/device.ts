import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { QueuedBackend } from "./queuedBackend.ts";

/** The limits that are raised to what the GPU supports; WebGPU's defaults are those of the smallest device. */
const LIMITS = [
  "maxBufferSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxStorageBufferBindingSize",
] as const;

/** Creates a backend of TensorFlow.js on a GPU. */
export async function openDevice(adapter: GPUAdapter): Promise<WebGPUBackend> {
  const requiredLimits = Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]]));
  const device = await adapter.requestDevice({ requiredLimits });
  return new CheckedBackend(device, adapter.info);
}

/**
 * WebGPU reports a failed command or a lack of memory only by an event, and continues with zeros, so a model's
 * predictions would never vary. This backend throws when data is read after such a failure.
 */
class CheckedBackend extends QueuedBackend {
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
