import { backend, ready, scalar, setBackend } from "@tensorflow/tfjs-core";
import { InputError } from "../../foundation/input/inputError.ts";
import { installChainedMethods } from "./chainedMethods.ts";
import { installEinsum } from "./einsum.ts";
import { type EngineName, engineNames, isEngineName } from "./engineName.ts";
import { keepProcessListeners } from "./keepProcessListeners.ts";
import { proveEngine } from "./proof.ts";
import { quietly } from "./quietly.ts";
import { loadTensorflow } from "./tensorflow/load.ts";
import { gpuInUse, loadWebgpu } from "./webgpu/load.ts";
import { installWholeOperands } from "./wholeOperands.ts";

/** Where tensors run. */
export interface Engine {
  readonly name: EngineName;
  /** What computes: `CPU`, `GPU`, or a GPU's name. */
  readonly device: string;
  /** Which engine runs and why, in one line. */
  readonly reason: string;
  /** Whether the same run gives the same bits on every machine. */
  readonly bitExact: boolean;
}

export interface EngineRequest {
  /** An engine asked for by name; wins over everything else. */
  readonly name?: string | undefined;
  /** Environment variables; `LEARNPROOF_ENGINE` names an engine where `name` does not. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

// Whoever imports learnproof may write x.mul(y) in a loss or a model, before any engine runs.
installChainedMethods();

const VARIABLE = "LEARNPROOF_ENGINE";

/**
 * Starts the engine asked for, or else the fastest that is installed: TensorFlow's native library, or
 * the WebAssembly engine that is always there. Starting twice, or from several places at once, is harmless.
 *
 * @throws {InputError} for an unknown name, for a named engine that does not start, and for `wasm` where it computes
 * wrongly: at each start it proves itself on small cases.
 */
export function startEngine(request: EngineRequest = {}): Promise<Engine> {
  // One after another: two that start at once would install the same backend twice.
  const next = starting.then(() => startRequested(request));
  starting = next.catch(() => undefined);
  return next;
}

let starting: Promise<unknown> = Promise.resolve();

async function startRequested(request: EngineRequest): Promise<Engine> {
  const fromEnvironment = request.environment?.[VARIABLE] || undefined;
  const word = request.name ?? fromEnvironment;
  const field = request.name === undefined ? VARIABLE : "--engine";
  if (word !== undefined) return startNamed(word, field);
  const missing = await loadTensorflow();
  if (missing === null) return start("tensorflow", "TensorFlow's native library is installed");
  return start("wasm", `the default; ${missing}`);
}

async function startNamed(word: string, field: string): Promise<Engine> {
  if (!isEngineName(word)) {
    throw new InputError({
      code: "unknown-engine",
      field,
      message: `must be one of ${engineNames.join(", ")}; leave it out for the best one installed`,
      got: word,
    });
  }
  const missing = await whyUnavailable(word);
  if (missing !== null) {
    throw new InputError({
      code: "engine-unavailable",
      field,
      message: `names an engine that does not start here: ${missing}; ${OPTIONAL[word]?.remedy}, or use wasm`,
      got: word,
    });
  }
  return start(word, `asked for by ${field}`);
}

/** Why an engine does not start here, in a few words; null where it does. */
export async function whyUnavailable(name: EngineName): Promise<string | null> {
  return (await OPTIONAL[name]?.load()) ?? null;
}

async function start(name: EngineName, why: string): Promise<Engine> {
  await keepProcessListeners(() => quietly(() => STARTERS[name]()));
  (await import("./gradients/install.ts")).installGradients();
  // Kernels of our own lie in this one, on private doors of the stock backend.
  if (name === "wasm") proveEngine(name);
  const device = deviceOf(name);
  const where = device === "CPU" ? "" : `, on ${device}`;
  return { name, device, reason: `${name}: ${why}${where}`, bitExact: name === "wasm" || name === "cpu" };
}

/** Of the engine that runs. */
function deviceOf(name: EngineName): string {
  if (name === "tensorflow")
    return (backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice ? "GPU" : "CPU";
  const gpu = name === "webgpu" ? gpuInUse() : null;
  return gpu ? `${gpu.name}${gpu.isSoftware ? " (a GPU in software, which is slow)" : ""}` : "CPU";
}

/** Engines that need more than is always there. */
const OPTIONAL: Partial<Record<EngineName, { load(): Promise<string | null>; readonly remedy: string }>> = {
  tensorflow: {
    load: loadTensorflow,
    remedy: "install @tensorflow/tfjs-node-gpu, run learnproof build-tensorflow",
  },
  webgpu: {
    load: loadWebgpu,
    remedy: "install webgpu and @tensorflow/tfjs-backend-webgpu, and a GPU's driver",
  },
};

const STARTERS: Record<EngineName, () => Promise<void>> = {
  tensorflow: () => useBackend("tensorflow"),
  webgpu: () => useBackend("webgpu"),
  wasm: async () => (await import("./wasm/install.ts")).installWasmEngine(),
  cpu: async () => {
    await import("@tensorflow/tfjs-backend-cpu");
    await useBackend("cpu");
    installEinsum("cpu");
    installWholeOperands("cpu");
    // It greets at its first tensor: let that be here, where greetings are dropped.
    scalar(0).dispose();
  },
};

async function useBackend(name: string): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`startEngine: the backend ${name} must start, got false`);
  await ready();
}
