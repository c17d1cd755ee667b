/** Starts the stock wasm backend on shared memory, so that threads can compute on its tensors where they lie. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { engine, env, setBackend } from "@tensorflow/tfjs-core";
import { wantedThreads } from "../threads.ts";
import { withSharedMemory } from "./sharedMemory.ts";

/** Finds the folder of the stock modules; a bundle that runs on one thread has none. */
function stockFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm")) + sep;
}

/** The module that TensorFlow.js chooses in Node. */
const STOCK_MODULE = "tfjs-backend-wasm-simd.wasm";

/**
 * Starts the backend `wasm`, on shared memory if several threads are wanted. Where it runs already, or where the system
 * gives no shared memory, it has memory of its own, and one thread computes. Returns whether it runs.
 */
export async function startStockBackend(): Promise<boolean> {
  const runs = "wasm" in engine().registry;
  if (runs || wantedThreads() === 1 || !sharedMemoryExists()) return setBackend("wasm");
  return startOn(withSharedMemory(await readFile(join(stockFolder(), STOCK_MODULE))));
}

/** TensorFlow.js fetches its module in a way that programs may replace; it is put back afterwards. */
async function startOn(module: Uint8Array): Promise<boolean> {
  const { platform } = env();
  const { fetch } = platform;
  const response = { ok: true, arrayBuffer: async () => module.buffer };
  platform.fetch = async () => response as unknown as Response;
  setWasmPaths(stockFolder(), true);
  try {
    return await setBackend("wasm");
  } finally {
    platform.fetch = fetch;
    setWasmPaths(stockFolder(), false);
  }
}

/** Whether the system grants as much address space as a shared memory reserves: 4 GB, of which little is used. */
function sharedMemoryExists(): boolean {
  try {
    return new Memory({ initial: 1, maximum: 65536, shared: true }).buffer instanceof SharedArrayBuffer;
  } catch {
    return false;
  }
}

/** The part of WebAssembly's API that is used here: Node's types do not declare it. */
interface MemoryApi {
  readonly Memory: new (limits: object) => { readonly buffer: ArrayBufferLike };
}
const { Memory } = (globalThis as unknown as { readonly WebAssembly: MemoryApi }).WebAssembly;
