import { findBackendFactory, registerBackend, removeBackend } from "@tensorflow/tfjs-core";
import { quietly } from "../quietly.ts";

/** A GPU, by a driver's account. */
export interface Gpu {
  /** Such as `NVIDIA H100 80GB HBM3`. */
  readonly name: string;
  /** Whether it is no GPU but a program that does as one would, slowly. */
  readonly isSoftware: boolean;
}

let loaded: Gpu | null = null;

/** The one that the engine `webgpu` runs on; null until {@link loadWebgpu} has found it. */
export function gpuInUse(): Gpu | null {
  return loaded;
}

/** What must be installed beside learnproof: Dawn, the implementation of WebGPU, and the backend on it. */
const PACKAGES = ["webgpu", "@tensorflow/tfjs-backend-webgpu"] as const;

/**
 * Makes the backend `webgpu` known to TensorFlow.js where its packages are installed and a GPU is found.
 *
 * @returns null when it is known, else one line that says why not.
 */
export async function loadWebgpu(): Promise<string | null> {
  if (loaded) return null;
  try {
    const adapter = await findAdapter();
    if (!adapter) return "no GPU was found (Vulkan on Linux, Metal on macOS, D3D12 on Windows)";
    const { openDevice } = await quietly(() => import("./device.ts"));
    // The package registers itself, without a check.
    if (findBackendFactory("webgpu")) removeBackend("webgpu");
    registerBackend("webgpu", () => openDevice(adapter));
    loaded = describeGpu(adapter.info);
    return null;
  } catch (thrown) {
    return describeFault(thrown);
  }
}

/** The fastest GPU, by a driver's account; null where there is none. */
export async function findAdapter(): Promise<GPUAdapter | null> {
  const gpu = await findWebgpu();
  return gpu.requestAdapter({ powerPreference: "high-performance" });
}

/** Gives Node what a browser has and the backend asks for: the constants of WebGPU, and `navigator.gpu`. */
async function findWebgpu(): Promise<GPU> {
  const host = globalThis as { navigator?: { readonly gpu?: GPU } };
  if (host.navigator?.gpu) return host.navigator.gpu;
  const { create, globals } = await import("webgpu");
  Object.assign(host, globals);
  // Node has no navigator before version 21. What is here stays to the end: Dawn ends with it.
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
