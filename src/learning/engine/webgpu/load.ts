import { findBackendFactory, registerBackend, removeBackend } from "@tensorflow/tfjs-core";
import { quietly } from "../quietly.ts";
import { installWebgpuKernels } from "./install.ts";

/** A GPU, as its driver describes it. */
export interface Gpu {
  /** The GPU's name, such as `NVIDIA H100 80GB HBM3`. */
  readonly name: string;
  /** Whether the GPU is emulated in software, which is slow. */
  readonly isSoftware: boolean;
}

let loaded: Gpu | null = null;

/** Returns the GPU that the engine `webgpu` runs on; null until {@link loadWebgpu} has found it. */
export function gpuInUse(): Gpu | null {
  return loaded;
}

/** The packages that must be installed beside learnproof: Dawn, the implementation of WebGPU, and the backend on it. */
const PACKAGES = ["webgpu", "@tensorflow/tfjs-backend-webgpu"] as const;

/**
 * Registers the backend `webgpu` with TensorFlow.js if its packages are installed and a GPU is found.
 *
 * @returns null when it is registered, otherwise one line that says why not.
 */
export async function loadWebgpu(): Promise<string | null> {
  if (loaded) return null;
  try {
    const adapter = await findAdapter();
    if (!adapter) return "no GPU was found (Vulkan on Linux, Metal on macOS, D3D12 on Windows)";
    const { openDevice } = await quietly(() => import("./device.ts"));
    // The package registers itself with a backend that does not check for failures, so it is replaced.
    if (findBackendFactory("webgpu")) removeBackend("webgpu");
    registerBackend("webgpu", () => openDevice(adapter));
    installWebgpuKernels();
    loaded = describeGpu(adapter.info);
    return null;
  } catch (thrown) {
    return describeFault(thrown);
  }
}

/** Finds the fastest GPU that a driver reports; null if there is none. */
export async function findAdapter(): Promise<GPUAdapter | null> {
  const gpu = await findWebgpu();
  return gpu.requestAdapter({ powerPreference: "high-performance" });
}

/** Gives Node the parts of a browser that the backend needs: the constants of WebGPU, and `navigator.gpu`. */
async function findWebgpu(): Promise<GPU> {
  const host = globalThis as { navigator?: { readonly gpu?: GPU } };
  if (host.navigator?.gpu) return host.navigator.gpu;
  const { create, globals } = await import("webgpu");
  Object.assign(host, globals);
  // Node has no navigator before version 21. The GPU object must live as long as the process, because Dawn ends with
  // it.
  host.navigator ??= {};
  const gpu = create([]);
  Object.defineProperty(host.navigator, "gpu", { value: gpu });
  return gpu;
}

function describeGpu({ device, description, vendor, isFallbackAdapter }: GPUAdapterInfo): Gpu {
  return { name: device || description || vendor || "a GPU without a name", isSoftware: isFallbackAdapter };
}

function describeFault(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const missing = PACKAGES.find((name) => message.includes(`'${name}'`));
  if (missing) return `${missing} is not installed`;
  return `WebGPU does not load (${message.trim().split(/[\r\n]/, 1)[0]})`;
}
